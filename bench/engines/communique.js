import { asking, inner, load } from '../engine/communique.js'

/** Our own store and evaluator, as a library has them. */
export async function open() {
  const library = await inner()
  const store = library.QuadStore.of([])
  return { load: file => load(library, file, store), ...asking(library, store) }
}
