/** What `dist/vendor/graphviz.js` is made of; its WebAssembly is inside. Typed by `graphviz.d.ts`. */
export { Graphviz } from '@hpcc-js/wasm-graphviz'
