import { inner, load } from '../engine/communique.js'
import { comunica } from '../engine/comunica.js'

/** Our store, asked by Comunica as a source that takes whole plans. */
export async function open() {
  const library = await inner()
  const store = library.QuadStore.of([])
  const source = library.comunicaSource(store)
  return {
    load: file => load(library, file, store),
    each: comunica({ '@comunica/bus-query-operation:querySources': [{ source }] }),
  }
}
