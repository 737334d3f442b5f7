import { inner, load } from '../engine/communique.js'
import { comunica } from '../engine/comunica.js'

/** Our store, asked by Comunica through its RDF/JS face. */
export async function open() {
  const library = await inner()
  const store = library.QuadStore.of([])
  return { load: file => load(library, file, store), each: comunica(store) }
}
