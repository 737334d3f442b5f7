import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { Project } from '../../project/project.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { projectOf } from './project.ts'

export async function run(_: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const text = flags.ontology === true ? await vocabulary(flags, terminal) : await dataset(flags, terminal)
  await writeOutput(text, flags, terminal)
  return 0
}

async function dataset(flags: Flags, terminal: Terminal): Promise<string> {
  const { DESCRIPTION_FORMATS, describeDataset, descriptionPage, descriptionTurtle } = await import(
    '../../project/description.ts'
  )
  const format = flags.json === true ? 'json' : known(String(flags.format ?? 'turtle'), DESCRIPTION_FORMATS)
  const project = await projectOf(flags, terminal)
  const description = describeDataset(project)
  if (format === 'json') return `${JSON.stringify(description, null, 2)}\n`
  return (format === 'turtle' ? descriptionTurtle : descriptionPage)(description, project.prefixes)
}

async function vocabulary(flags: Flags, terminal: Terminal): Promise<string> {
  const { ontologyPage, PAGE_FORMATS } = await import('../../ontology/page.ts')
  const { vocabularyReference } = await import('../../ontology/reference.ts')
  const format = flags.json === true ? 'json' : known(String(flags.format ?? 'markdown'), PAGE_FORMATS)
  const project = await projectOf(flags, terminal)
  const reference = vocabularyReference(project)
  if (format === 'json') return `${JSON.stringify(reference, null, 2)}\n`
  return ontologyPage(reference, format, format === 'html' ? await diagram(project) : '../ontology/model.svg', project.prefixes)
}

async function diagram({ ontology }: Project): Promise<string> {
  const { modelDrawing } = await import('../../ontology/picture.ts')
  const { readTerms } = await import('../../ontology/terms.ts')
  const { writeSvg } = await import('../../drawing/svg.ts')
  return writeSvg(modelDrawing(readTerms(ontology.files.flatMap(({ quads }) => quads))))
}

function known<T extends string>(name: string, formats: readonly T[]): T {
  const found = formats.find(format => format === name)
  if (found !== undefined) return found
  throw new CommuniqueError('unknown-format', {
    what: `there is no format "${name}" of this description`,
    mend: suggestion(name, formats),
  })
}
