import { RdfStore } from 'rdf-stores'
import { comunica, quadStream } from '../engine/comunica.js'

export function open() {
  const store = RdfStore.createDefault()
  return {
    load: async file => {
      for await (const quad of quadStream(file)) store.addQuad(quad)
    },
    each: comunica({ sources: [store] }),
  }
}
