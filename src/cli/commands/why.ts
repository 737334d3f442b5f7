import type { NamedNode } from 'n3'
import { CommuniqueError } from '../../error.ts'
import { claimOf, type Source, sourceOf, sourcesOf } from '../../project/source.ts'
import { findThing, labelOf } from '../../project/thing.ts'
import { tripleText } from '../../rdf/turtle.ts'
import { claimReport } from '../../results/article.ts'
import { sourceLines } from '../../results/source.ts'
import type { Terminal } from '../terminal.ts'
import { projectOf } from './project.ts'
import type { Flags } from './table.ts'

export async function run(
  [subject, predicate, object]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const project = await projectOf(flags)
  if (predicate === undefined) {
    const found = claimOf(project, subject ?? '')
    if (!found)
      throw new CommuniqueError('unknown-claim', {
        what: `"${subject}" is not the id of a claim`,
        mend: 'give an id such as s12-1 ("communique article --claims" lists them), or subject predicate object',
      })
    const source = sourceOf(project, found.claim.iri)
    print([source], claimReport(project, found.document, found.claim).statements, found.claim.title)
    return 0
  }
  const s = findThing(project, subject ?? '')
  const p = findPredicate(predicate)
  const quads = project.store
    .getQuads(s, p, null, null)
    .filter(
      ({ object: term }) =>
        object === undefined ||
        term.value === object ||
        labelOf(project, term) === object ||
        (term.termType === 'NamedNode' && tryThing(object)?.value === term.value),
    )
  const statements = new Map(quads.map(triple => [tripleText(triple, project.prefixes), triple]))
  if (statements.size === 0) {
    const others = [...new Set(project.store.getQuads(s, null, null, null).map(triple => tripleText(triple, project.prefixes)))]
    throw new CommuniqueError('unknown-statement', {
      what: `the project does not say: ${subject} ${predicate} ${object ?? '…'}`,
      mend: `"communique show ${subject}" lists the ${others.length} statements about it`,
    })
  }
  for (const [text, triple] of statements) print(sourcesOf(project, triple), [text])
  return 0

  function tryThing(name: string): NamedNode | undefined {
    try {
      return findThing(project, name)
    } catch {
      return undefined
    }
  }
  function findPredicate(name: string): NamedNode {
    const bare = /^[A-Za-z]\w*$/.test(name) && name !== 'a' ? `cmq:${name}` : name === 'a' ? 'rdf:type' : name
    const [, prefix, local] = /^([a-z][\w-]*):(.*)$/.exec(bare) ?? []
    const iri = prefix !== undefined && project.prefixes[prefix] !== undefined ? project.prefixes[prefix] + local : bare
    const known = project.store.getPredicates(null, null, null).find(({ value }) => value === iri)
    if (known) return known as NamedNode
    return findThing(project, bare)
  }
  function print(sources: readonly Source[], statements: readonly string[], title?: string): void {
    if (flags.json === true) {
      terminal.out(JSON.stringify({ statements, sources }, null, 2))
      return
    }
    if (title !== undefined) terminal.out(terminal.style('bold', title))
    for (const statement of statements) terminal.out(statement)
    for (const source of sources) for (const line of sourceLines(source, '  ')) terminal.out(line)
  }
}
