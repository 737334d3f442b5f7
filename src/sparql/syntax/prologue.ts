import type { Reader } from './reader.ts'

/** Reads `PREFIX`, `BASE` and `VERSION`. @see SPARQL 1.2 Query Language, 19.8 [4] Prologue */
export function prologue(reader: Reader): void {
  for (;;) {
    if (reader.take('BASE')) reader.base = reader.plainIri()
    else if (reader.take('PREFIX')) prefix(reader)
    else if (reader.take('VERSION')) version(reader)
    else return
  }
}

function prefix(reader: Reader): void {
  const { kind, image } = reader
  if (kind !== 'p:n' || image.indexOf(':') < image.length - 1) reader.fail('prefix')
  reader.next()
  reader.prefixes[image.slice(0, -1)] = reader.plainIri()
}

function version(reader: Reader): void {
  if (/^("""|''')/.test(reader.image)) reader.fail('string')
  reader.string()
}
