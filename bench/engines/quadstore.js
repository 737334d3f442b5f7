import { MemoryLevel } from 'memory-level'
import { DataFactory } from 'n3'
import { Quadstore } from 'quadstore'
import { comunica, quadStream } from '../engine/comunica.js'

export async function open() {
  const store = new Quadstore({ backend: new MemoryLevel(), dataFactory: DataFactory })
  await store.open()
  return {
    load: async file => {
      const batch = []
      for await (const quad of quadStream(file)) {
        batch.push(quad)
        if (batch.length === 1000) await store.multiPut(batch.splice(0))
      }
      await store.multiPut(batch)
    },
    each: comunica({ sources: [store] }),
  }
}
