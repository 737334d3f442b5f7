import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { graphOfLayer } from '../../answers/answering.ts'
import { CommuniqueError } from '../../error.ts'
import { type MirroredFile, takeSnapshot } from '../../federation/extraction.ts'
import { readText } from '../../file.ts'
import { sourceOfFile } from '../../linking/source.ts'
import { SNAPSHOTS } from '../../project/core.ts'
import type { KnowledgeGraph } from '../../project/knowledge-graph.ts'
import { labelOf } from '../../project/thing.ts'
import { findQuestion } from '../../questions/catalogue.ts'
import { tripleText } from '../../rdf/turtle.ts'
import { dcterms } from '../../rdf/vocabulary.ts'
import type { Flags } from '../command.ts'
import { writeOutput } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { serviceOptions } from './answer.ts'
import { askedOf } from './project.ts'

/** Takes the snapshot of a saved question anew, and says how it differs from the last. */
export async function run([name = '']: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { graph, catalogue, root } = await askedOf(flags, terminal)
  const question = findQuestion(catalogue, name)
  const file = `${SNAPSHOTS}/${question.name}.trig`
  const last = await readText(join(root, file), file)
  const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))
  const paths = (flags.from ?? []) as readonly string[]
  const files = await Promise.all(paths.map(path => mirroredFile(graph, path)))
  const rights = { licence: text(flags.licence), attribution: text(flags.attribution), files }
  const options = { ...serviceOptions(flags, root), ...rights }
  const draft = await takeSnapshot(graphOfLayer(graph, question.layer), question, options, last)
  await mkdir(join(root, SNAPSHOTS), { recursive: true })
  await writeOutput(draft.text, { output: join(root, file) }, terminal)
  for (const triple of draft.removed) terminal.out(`- ${tripleText(triple, graph.prefixes)}`)
  for (const triple of draft.added) terminal.out(`+ ${tripleText(triple, graph.prefixes)}`)
  return 0
}

/** A file that the mirror has, with what `data/sources.ttl` says of its dataset. */
async function mirroredFile(graph: KnowledgeGraph, path: string): Promise<MirroredFile> {
  const [name, source] = [basename(path), sourceOfFile(graph, basename(path))]
  const bytes = await readFile(path).catch(cause => {
    throw new CommuniqueError('missing-file', { what: 'there is no such file', where: { file: path }, cause })
  })
  const [version, licence] = [dcterms.hasVersion, dcterms.license].map(
    property => graph.store.getObjects(source, property, null)[0]?.value ?? '',
  ) as [string, string]
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { name, sha256, source: source.value, title: labelOf(graph, source), version, licence }
}
