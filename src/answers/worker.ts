import { parentPort, workerData } from 'node:worker_threads'
import { CommuniqueError, type Fault } from '../error.ts'
import { parseQuery } from '../query/engine.ts'
import { withValues } from '../questions/parameter.ts'
import { QuadStore, type StoreImage } from '../store/quad-store.ts'
import { termOf } from '../store/term-text.ts'
import { answerParts } from './answering.ts'
import { encodePart, type Request } from './isolation.ts'

/** What runs query text from outside, in a thread that can be ended whatever it does. Started by `isolation.ts`. */
const { image, ...names } = workerData as {
  image: StoreImage
  baseIRI: string
  prefixes: Record<string, string>
  documents: []
}
const graph = { ...names, store: QuadStore.from(image) }

parentPort!.on('message', async ({ text, file, prefixes, question, parameters = new Map(), options }: Request) => {
  try {
    const parsed = await parseQuery(text, { file, prefixes, baseIRI: graph.baseIRI })
    const algebra = [...parameters].reduce((asked, [name, values]) => withValues(asked, name, values.map(termOf)), parsed)
    for await (const part of answerParts(graph, { algebra, text, question }, options)) parentPort!.postMessage(encodePart(part))
  } catch (error) {
    parentPort!.postMessage({ kind: 'fault', ...faultOf(error) })
  }
})

function faultOf(error: unknown): { code: string; fault: Fault; faults?: readonly Fault[] } {
  if (error instanceof CommuniqueError) {
    const { code, what, where, mend, faults } = error
    return { code, fault: { code, what, where, mend }, faults }
  }
  const what = error instanceof Error ? error.message : String(error)
  return { code: 'query-failed', fault: { code: 'query-failed', what } }
}
