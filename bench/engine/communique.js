import { createReadStream } from 'node:fs'
import { sources } from '../measure.js'

/** The engine as it is inside the package. */
export function inner() {
  return sources(`
    export { comunicaSource } from './query/comunica-source.ts'
    export { Plan } from './sparql/evaluation.ts'
    export { parseText } from './sparql/syntax/parser.ts'
    export { QuadStore } from './store/quad-store.ts'
    export { readStore } from './syntax/store.ts'`)
}

/** Reads a file into a store. */
export async function load({ readStore }, file, store) {
  await readStore(createReadStream(file), { file, baseIRI: 'https://example.org/' }, store)
}
