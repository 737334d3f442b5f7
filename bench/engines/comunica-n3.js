import { Store } from 'n3'
import { comunica, quadStream } from '../engine/comunica.js'

export function open() {
  const store = new Store()
  return {
    load: async file => {
      for await (const quad of quadStream(file)) store.addQuad(quad)
    },
    each: comunica({ sources: [store] }),
  }
}
