import { AsyncIterator } from 'asynciterator'
import type { RunLimits } from '../sparql/watch.ts'
import type { QuadStore } from '../store/quad-store.ts'
import { streamsOver } from './lazy-iterator.ts'
import { StoreSource } from './store-source.ts'

/**
 * A store as a source for Comunica 5 that takes whole queries, and of others - with SERVICE, functions of one's own, other sources - as
 * many parts as it can. In the context it stands under `@comunica/bus-query-operation:querySources`, as `{ source }`, in the place of
 * `sources`, which know RDF/JS sources only.
 *
 * @param limits of each part that it is asked for
 * @example comunicaSource(QuadStore.of([])).toString() // 'communique'
 */
export function comunicaSource(store: QuadStore, limits: RunLimits = {}): StoreSource {
  return new StoreSource(store, streamsOver(AsyncIterator, later), limits)
}

/** Two turns of the event loop, as a stream of Node's takes: of those who end sooner Comunica's joins and unions miss it now and then. */
function later(end: () => void): void {
  setImmediate(() => setImmediate(end))
}
