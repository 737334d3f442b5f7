import type { Answer } from '../../answers/answer.ts'
import { type Asked, ask } from '../../answers/ask.ts'
import { snapshotsOnly } from '../../answers/services.ts'
import { drawingFormatOf } from '../../drawing/format.ts'
import { answerDrawing, articleDrawing, thingDrawing } from '../../drawing/subject.ts'
import { CommuniqueError } from '../../error.ts'
import { findThing } from '../../project/thing.ts'
import { findQuestion } from '../../questions/catalogue.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { askOptions } from './answer.ts'
import { settings } from './ask.ts'
import { askedOf } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = drawingFormatOf(String(flags.format ?? 'svg'))
  const asked = await askedOf(flags, terminal)
  const { graph, catalogue } = asked
  const isQuestion =
    flags.set !== undefined || [...catalogue.questions, ...catalogue.broken].some(question => question.name === name)
  const answer = name !== undefined && isQuestion ? await triplesOf(asked, name, flags) : undefined
  const ofThing = () => (name === undefined ? articleDrawing(graph) : thingDrawing(graph, findThing(graph, name)))
  const drawing = answer === undefined ? ofThing() : answerDrawing(graph, answer)
  await writeOutput(flags.json === true ? `${JSON.stringify(drawing, null, 2)}\n` : await format.write(drawing), flags, terminal)
  for (const { text } of answer?.notes ?? []) terminal.err(`note: ${text}`)
  return answer?.complete === false ? 4 : 0
}

async function triplesOf(asked: Asked & { readonly root: string }, name: string, flags: Flags): Promise<Answer> {
  const drawable = asked.catalogue.questions.filter(({ form }) => form === 'CONSTRUCT' || form === 'DESCRIBE')
  if (drawable.includes(findQuestion(asked.catalogue, name)))
    return ask(asked, name, settings(flags), await askOptions(flags, asked.root, snapshotsOnly(asked.root)))
  throw new CommuniqueError('format-form', {
    what: `the answer to "${name}" is no triples, so there is nothing to draw`,
    mend: `draw one of ${drawable.map(question => question.name).join(', ')}`,
  })
}
