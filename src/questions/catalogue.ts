import { basename, join } from 'node:path'
import { CommuniqueError, collectFaults, type Fault } from '../error.ts'
import { readTexts } from '../file.ts'
import { nearestName } from '../nearest.ts'
import { readQuestion, type SavedQuestion } from './question.ts'

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
  const near =
    nearestName(
      name,
      questions.map(question => question.name),
    ) ?? nearestSummary(questions, name)
  throw new CommuniqueError('unknown-question', {
    what: `there is no saved question "${name}"`,
    mend: `${near === undefined ? '' : `did you mean "${near}"? `}"communique ask" lists them all`,
  })
}

/** The question whose words have the most of a wrong name's words. */
function nearestSummary(questions: readonly SavedQuestion[], name: string): string | undefined {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2)
  const scored = questions.map(({ name: known, summary }) => {
    const text = `${known} ${summary}`.toLowerCase()
    return { known, score: words.filter(word => text.includes(word)).length }
  })
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one), { known: '', score: 0 })
  return best.score === 0 ? undefined : best.known
}

/** The expected answer beside a question: the file's path, if there is one. */
export async function expectedFile(folder: string, { name, form }: SavedQuestion): Promise<string> {
  const extension = form === 'SELECT' ? 'tsv' : form === 'ASK' ? 'txt' : 'ttl'
  return join(folder, `${name}.expected.${extension}`)
}
