import { basename } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import type { SavedQuestion } from './question.ts'

/** The saved questions of a project, and what is wrong with those that cannot be asked. */
export interface Catalogue {
  /** By name. */
  readonly questions: readonly SavedQuestion[]
  readonly broken: readonly BrokenQuestion[]
}

/** A question that is listed with its reason and cannot be asked. */
export interface BrokenQuestion {
  readonly name: string
  readonly file: string
  readonly faults: readonly Fault[]
}

/** Reads the questions of a folder; none when it does not exist. A broken one keeps none of the others away. */
export async function readCatalogue(folder: string, shown = 'queries'): Promise<Catalogue> {
  // Loaded here, since those who have read the catalogue before need only the rest.
  const [{ readTexts }, { readQuestion }] = await Promise.all([import('../file.ts'), import('./question.ts')])
  const unreadable: Fault[] = []
  const files = await readTexts(folder, shown, '.rq', unreadable)
  const read = await Promise.all(
    files.map(async ({ file, text }) => {
      const faults: Fault[] = []
      const name = basename(file, '.rq')
      return { name, file, faults, question: await collectFaults(faults, () => readQuestion(text, name, file)) }
    }),
  )
  return {
    questions: read.flatMap(({ question }) => question ?? []),
    broken: [
      ...read.flatMap(({ name, file, faults }) => (faults.length > 0 ? [{ name, file, faults }] : [])),
      ...unreadable.map(fault => ({
        name: basename(fault.where?.file ?? '', '.rq'),
        file: fault.where?.file ?? '',
        faults: [fault],
      })),
    ],
  }
}

/**
 * The question of that name.
 *
 * @throws CommuniqueError `unknown-question` with the nearest name; the first fault of a question that is broken
 */
export function findQuestion({ questions, broken }: Catalogue, name: string): SavedQuestion {
  const found = questions.find(question => question.name === name)
  if (found) return found
  const [fault] = broken.find(question => question.name === name)?.faults ?? []
  if (fault) throw new CommuniqueError(fault.code, fault)
  const near = nearestQuestion(questions, name)
  throw new CommuniqueError('unknown-question', {
    what: `there is no saved question "${name}"`,
    mend: `${near === undefined ? '' : `did you mean "${near}"? `}"communique ask" lists them all`,
  })
}

/** The question whose name or summary has words most like those of a wrong name. */
function nearestQuestion(questions: readonly SavedQuestion[], wrong: string): string | undefined {
  const words = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(word => word !== '')
  const likeness = (word: string, others: readonly string[]): number =>
    Math.max(0, ...others.map(other => 1 - distance(word, other) / Math.max(word.length, other.length)))
  const sum = (wanted: readonly string[], others: readonly string[]): number =>
    wanted.reduce((total, word) => total + likeness(word, others) * word.length, 0) / wanted.join('').length
  const wanted = words(wrong)
  if (wanted.length === 0) return undefined
  const scored = questions.map(({ name, summary }) => ({
    name,
    score: Math.max(sum(wanted, words(name)) + 0.1 * sum(words(name), wanted), 0.8 * sum(wanted, words(summary))),
  }))
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one), { name: '', score: 0 })
  return best.score < LEAST_LIKENESS ? undefined : best.name
}

const LEAST_LIKENESS = 0.6
