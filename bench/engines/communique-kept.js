import { asking, load } from '../engine/communique.js'
import { withCode } from '../engine/kept-code.js'

/** Our own store and evaluator with the machine code of an earlier process, as our program has them. */
export function open() {
  let engine
  return {
    load: async file => {
      const library = await withCode(file)
      const store = library.QuadStore.of([])
      await load(library, file, store)
      engine = asking(library, store)
    },
    each: (text, visit) => engine.each(text, visit),
    prepared: text => engine.prepared(text),
  }
}
