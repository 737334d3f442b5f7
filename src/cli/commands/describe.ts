import type { Quad } from '@rdfjs/types'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { CompiledGraph } from '../../project/knowledge-graph.ts'
import type { Project } from '../../project/project.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { askedOf, projectOf } from './project.ts'
import { rdfFile } from './rdf-file.ts'

export async function run([file]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  if (file !== undefined) {
    await writeOutput(await origin(file, flags, terminal), flags, terminal)
    return 0
  }
  const text =
    flags.ontology === true
      ? vocabulary(await projectOf(flags, terminal), flags)
      : dataset((await askedOf(flags, terminal)).graph, flags)
  await writeOutput(await text, flags, terminal)
  return 0
}

/** What a file that was handed over tells of itself. */
async function origin(file: string, flags: Flags, { width }: Terminal): Promise<string> {
  const [{ originOf }, { readQuadBatches }] = await Promise.all([
    import('../../distribution/origin.ts'),
    import('../../syntax/read.ts'),
  ])
  const { input, options } = await rdfFile(file, flags)
  const quads: Quad[] = []
  for await (const batch of readQuadBatches(input, options)) for (const quad of batch) quads.push(quad)
  const found = originOf(quads)
  if (found === undefined)
    throw new CommuniqueError('no-origin', {
      what: 'the file does not say where it comes from',
      where: { file: options.file },
      mend: 'only what "communique export" or another that knows VoID wrote does',
    })
  if (flags.json === true || flags.format === 'json') return `${JSON.stringify(found, null, 2)}\n`
  const { title, description, sources, assertedBy, modified, license, graphs } = found
  const lines = [
    ['title', title ?? found.dataset],
    ['', description],
    ...sources.flatMap(({ iri, title: name, sha256 }) => [
      ['source', name ?? iri],
      ['SHA-256', sha256],
    ]),
    ['asserted by', assertedBy.join(', ')],
    ['date', modified],
    ['licence', license],
    ['quads', `${found.quads}${graphs === 0 ? '' : ` in ${graphs} named ${graphs === 1 ? 'graph' : 'graphs'}`}`],
  ]
  return lines
    .flatMap(([name = '', value]) => (value ? `${name.padEnd(13)}${wrap(value, width - 13, ' '.repeat(13))}\n` : []))
    .join('')
}

async function dataset(graph: CompiledGraph, flags: Flags): Promise<string> {
  const { DESCRIPTION_FORMATS, describeDataset, descriptionTurtle } = await import('../../project/description.ts')
  const description = describeDataset(graph)
  const isJson = known(flags, DESCRIPTION_FORMATS) === 'json'
  return isJson ? `${JSON.stringify(description, null, 2)}\n` : descriptionTurtle(description, graph.prefixes)
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
