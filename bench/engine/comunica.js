import { createReadStream } from 'node:fs'
import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import { StreamParser } from 'n3'

const FORMATS = { nq: 'application/n-quads', nt: 'application/n-triples', ttl: 'text/turtle' }

/** Comunica with a context that names its sources. */
export function comunica(context) {
  const engine = new QueryEngine()
  return async (text, visit) => {
    const stream = await engine.queryBindings(text, context)
    await new Promise((resolve, reject) => {
      stream.on('data', row => {
        if (!visit(row)) return
        resolve()
        stream.destroy()
      })
      stream.on('end', resolve)
      stream.on('error', reject)
    })
  }
}

/** The quads of a file, by N3's parser. */
export function quadStream(file) {
  return createReadStream(file).pipe(new StreamParser({ format: FORMATS[file.split('.').at(-1)] }))
}
