/** What `dist/vendor/sentencex.js` is made of; `scripts/build.js` puts the WebAssembly beside it. Typed by `sentencex.d.ts`. */
import { readFileSync } from 'node:fs'
import { get_sentence_boundaries, initSync } from 'sentencex-wasm'

initSync({ module: readFileSync(new URL('./sentencex.wasm', import.meta.url)) })

export { get_sentence_boundaries }
