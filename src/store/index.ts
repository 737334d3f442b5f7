/** The store by itself: `communique/store`. */
export { Dictionary, type DictionaryImage, type TermKind } from './dictionary.ts'
export type { QuadLookup, Wanted } from './quad-lookup.ts'
export { QuadStore, type StoreImage } from './quad-store.ts'
export type { Order, TripleIndex } from './triple-index.ts'
