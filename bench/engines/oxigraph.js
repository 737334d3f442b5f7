import { readFileSync } from 'node:fs'
import { Store } from 'oxigraph'

const FORMATS = { nq: 'application/n-quads', nt: 'application/n-triples', ttl: 'text/turtle' }

export function open() {
  const store = new Store()
  return {
    load: file => store.load(readFileSync(file, 'utf8'), { format: FORMATS[file.split('.').at(-1)], no_transaction: true }),
    each: (text, visit) => {
      for (const solution of store.query(text)) if (visit(solution)) break
    },
  }
}
