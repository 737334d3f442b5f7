import { isDeepStrictEqual } from 'node:util'
import type { Term } from '@rdfjs/types'
import type { Answer } from '../answers/answer.ts'
import { hasService } from '../answers/answering.ts'
import { ask } from '../answers/ask.ts'
import { collectFaults } from '../error.ts'
import type { TextFile } from '../file.ts'
import { SNAPSHOTS } from '../project/core.ts'
import type { SavedQuestion } from '../questions/question.ts'
import { termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { withPlainBlankNodes } from '../results/blank-nodes.ts'
import { termWords } from '../results/words.ts'
import { byName, type Change, changeOf, lineValues, pairs, textValues, type Value } from './change.ts'
import type { ClaimPair } from './claims.ts'
import type { ProjectState } from './state.ts'

/** What the asking needs to know of both sides. */
export interface Asking {
  /** The same claims, whose IRIs may differ. */
  readonly matched: readonly ClaimPair[]
  /** Whether both graphs are the same, so that the same question has the same answer. */
  readonly isSameGraph: boolean
  readonly progress: (text: string) => void
}

/**
 * Questions that are new, gone, or have other words, and the rows that came to their answers or went, asked with their defaults.
 * The order of rows is left aside; what cannot be answered is a fault of its side.
 */
export async function questionChanges(before: ProjectState, after: ProjectState, asking: Asking): Promise<Change[]> {
  const { matched, isSameGraph, progress } = asking
  const renames = new Map(matched.flatMap(([old, fresh]) => (old && fresh ? [[termKey(old.iri), termKey(fresh.iri)]] : [])))
  const isSameOutside = isDeepStrictEqual(snapshotsOf(before), snapshotsOf(after))
  const isSame = ({ algebra }: SavedQuestion): boolean => isSameGraph && (isSameOutside || !hasService(algebra))
  const changes: Change[] = []
  for (const [name, old, fresh] of pairs(byName(before.catalogue.questions), byName(after.catalogue.questions))) {
    const [fields, others] = [old, fresh].map(one => one && new Map([['line', lineValues(one.text)]]))
    if (fields && others && !(isSame(fresh!) && old?.text === fresh?.text)) {
      progress(`asking ${name} …`)
      const [answer, other] = [await answerOf(before, name), await answerOf(after, name)]
      if (answer && other) {
        fields.set(...rowsOf(answer, renames))
        others.set(...rowsOf(other, new Map()))
      }
    }
    const change = changeOf({ name, title: (fresh ?? old)!.summary }, fields, others, old?.text === fresh?.text)
    if (change) changes.push(change)
  }
  return changes
}

/** What other servers said: kept, since the folder of a revision is gone when its questions are asked. */
function snapshotsOf({ files }: Pick<ProjectState, 'files'>): readonly TextFile[] {
  return [...files].flatMap(([file, text]) => (file.startsWith(`${SNAPSHOTS}/`) ? [{ file, text }] : []))
}

/** The answer of a question with its defaults, whole; that it cannot be had is a fault. */
async function answerOf({ project, catalogue, faults, ...state }: ProjectState, name: string): Promise<Answer | undefined> {
  const services = { offline: true, snapshots: snapshotsOf(state) }
  const options = { cite: false, limit: Number.POSITIVE_INFINITY, services }
  const answer = await collectFaults(faults, async () => await ask({ graph: project, catalogue }, name, {}, options))
  if (answer?.complete === false)
    faults.push({ code: 'cut-off', what: `the answer of "${name}" is not whole`, where: { file: `queries/${name}.rq` } })
  return answer && withPlainBlankNodes(answer)
}

/** Rows by their values in the order of the columns, whose names may change. */
function rowsOf(
  { form, columns, rows, ...answer }: Answer,
  renames: ReadonlyMap<string, string>,
): [field: string, values: Value[]] {
  if (form === 'ASK') return ['answer', textValues(rows.length > 0 ? 'Yes.' : 'No.')]
  const values = rows.map((row): Value => {
    const inRow = (told: (term: Term) => string): string[] =>
      columns.map(column => (row.values.has(column) ? told(row.values.get(column)!) : '(none)'))
    const mark = form === 'SELECT' ? ' · ' : ' — '
    return {
      key: inRow(term => renames.get(termKey(term)) ?? termKey(term)).join('\n'),
      words: inRow(term => termWords(term, answer)).join(mark),
      name: inRow(term => termText(term, answer.prefixes)).join(mark),
    }
  })
  return ['row', values]
}
