import { type Asked, ask } from '../../answers/ask.ts'
import type { Drawing } from '../../drawing/drawing.ts'
import { drawingFormatOf } from '../../drawing/format.ts'
import { answerDrawing, articleDrawing, thingDrawing } from '../../drawing/subject.ts'
import { CommuniqueError } from '../../error.ts'
import { nearestName } from '../../nearest.ts'
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
  const { drawing, complete } = name === undefined ? whole(articleDrawing(asked.graph)) : await named(asked, name, flags)
  await writeOutput(flags.json === true ? `${JSON.stringify(drawing, null, 2)}\n` : await format.write(drawing), flags, terminal)
  return complete ? 0 : 4
}

interface Drawn {
  readonly drawing: Drawing
  readonly complete: boolean
}

function whole(drawing: Drawing): Drawn {
  return { drawing, complete: true }
}

async function named(asked: Asked, name: string, flags: Flags): Promise<Drawn> {
  const { graph, catalogue } = asked
  const questions = [...catalogue.questions, ...catalogue.broken].map(question => question.name)
  if (!questions.includes(name) && flags.set === undefined) {
    try {
      return whole(thingDrawing(graph, findThing(graph, name)))
    } catch (error) {
      if (nearestName(name, questions) === undefined) throw error
    }
  }
  const drawable = catalogue.questions.filter(({ form }) => form === 'CONSTRUCT' || form === 'DESCRIBE')
  if (!drawable.includes(findQuestion(catalogue, name)))
    throw new CommuniqueError('format-form', {
      what: `the answer to "${name}" is no triples, so there is nothing to draw`,
      mend: `draw one of ${drawable.map(question => question.name).join(', ')}`,
    })
  const answer = await ask(asked, name, settings(flags), askOptions(flags))
  return { drawing: answerDrawing(graph, answer), complete: answer.complete }
}
