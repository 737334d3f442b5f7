import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { Project } from '../../project/project.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { projectOf } from './project.ts'

export async function run(_: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const project = await projectOf(flags, terminal)
  await writeOutput(await (flags.ontology === true ? vocabulary : dataset)(project, flags), flags, terminal)
  return 0
}

async function dataset(project: Project, flags: Flags): Promise<string> {
  const { DESCRIPTION_FORMATS, describeDataset, descriptionTurtle } = await import('../../project/description.ts')
  const description = describeDataset(project)
  const isJson = known(flags, DESCRIPTION_FORMATS) === 'json'
  return isJson ? `${JSON.stringify(description, null, 2)}\n` : descriptionTurtle(description, project.prefixes)
}

async function vocabulary(project: Project, flags: Flags): Promise<string> {
  const { ontologyPage, PAGE_FORMATS } = await import('../../ontology/page.ts')
  const format = known(flags, Object.keys(PAGE_FORMATS) as (keyof typeof PAGE_FORMATS)[])
  if (format === 'markdown') return ontologyPage(project, format, '../ontology/model.svg')
  const { modelDrawing } = await import('../../ontology/picture.ts')
  const { readTerms } = await import('../../ontology/terms.ts')
  const { writeSvg } = await import('../../drawing/svg.ts')
  return ontologyPage(
    project,
    format,
    await writeSvg(modelDrawing(readTerms(project.ontology.files.flatMap(({ quads }) => quads)))),
  )
}

/** The format that was asked for; the first is the usual one. */
function known<T extends string>({ json, format }: Flags, formats: readonly T[]): T {
  const name = json === true ? 'json' : String(format ?? formats[0])
  const found = formats.find(one => one === name)
  if (found !== undefined) return found
  throw new CommuniqueError('unknown-format', { what: `there is no format "${name}" here`, mend: suggestion(name, formats) })
}
