import { Parser, Store } from 'n3'

export const PREFIX = 'PREFIX : <http://example.org/>\n'

/** A store of TriG with the prefix `:`. */
export function given(trig: string): Store {
  return new Store(new Parser({ format: 'TriG' }).parse(PREFIX + trig))
}
