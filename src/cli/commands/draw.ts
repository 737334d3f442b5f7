import { ask } from '../../answers/ask.ts'
import type { Drawing } from '../../drawing/drawing.ts'
import { drawingFormatOf } from '../../drawing/format.ts'
import { answerDrawing, articleDrawing, thingDrawing } from '../../drawing/subject.ts'
import { CommuniqueError } from '../../error.ts'
import { findThing } from '../../project/thing.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { askOptions } from './answer.ts'
import { settings } from './ask.ts'
import { askedOf } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const format = drawingFormatOf(String(flags.format ?? 'svg'))
  const { drawing, complete } = await drawn(await askedOf(flags, terminal), name, flags)
  await writeOutput(flags.json === true ? `${JSON.stringify(drawing, null, 2)}\n` : await format.write(drawing), flags, terminal)
  return complete ? 0 : 4
}

async function drawn(
  asked: Awaited<ReturnType<typeof askedOf>>,
  name: string | undefined,
  flags: Flags,
): Promise<{ drawing: Drawing; complete: boolean }> {
  const { graph, catalogue } = asked
  if (name === undefined) return { drawing: articleDrawing(graph), complete: true }
  const names = [...catalogue.questions, ...catalogue.broken].map(question => question.name)
  if (!names.includes(name) && flags.set === undefined)
    return { drawing: thingDrawing(graph, findThing(graph, name)), complete: true }
  const drawable = catalogue.questions
    .filter(({ form }) => form === 'CONSTRUCT' || form === 'DESCRIBE')
    .map(question => question.name)
  if (names.includes(name) && !drawable.includes(name))
    throw new CommuniqueError('format-form', {
      what: `the answer to "${name}" is no triples, so there is nothing to draw`,
      mend: `draw one of ${drawable.join(', ')}`,
    })
  const answer = await ask(asked, name, settings(flags), askOptions(flags))
  return { drawing: answerDrawing(graph, answer), complete: answer.complete }
}
