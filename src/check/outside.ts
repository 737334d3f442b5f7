import { collectFaults, type Fault } from '../error.ts'
import { OUTSIDE, recordedViews } from '../outside/statement.ts'
import type { Project } from '../project/project.ts'
import { tripleText } from '../rdf/turtle.ts'
import type { Finding } from './finding.ts'

/** What was recorded of others has its source and day, and speaks of things of the project in terms that its claims use. */
export async function checkOutside({ root, store, prefixes }: Project): Promise<Finding> {
  const faults: Fault[] = []
  const views = (await collectFaults(faults, () => recordedViews(root))) ?? []
  const triples = views.flatMap(view => view.triples)
  for (const triple of triples) {
    if (store.countQuads(triple.subject, triple.predicate, null, null) > 0) continue
    faults.push({
      code: 'outside-unknown',
      what: `no claim can be compared with ${tripleText(triple, prefixes)}`,
      where: { file: OUTSIDE },
      mend: 'write it with the subject and the property of a claim',
    })
  }
  return { looked: triples.length, unit: 'statements of others', faults, isOptional: true }
}
