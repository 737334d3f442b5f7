import { DataFactory, type NamedNode, type Quad } from 'n3'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { Project } from '../../project/project.ts'
import { claimsOf, type Source, sourceOf, sourcesOf, statementKind } from '../../project/source.ts'
import { findThing, labelOf } from '../../project/thing.ts'
import { shorten } from '../../rdf/prefixes.ts'
import { termKey, tripleKey } from '../../rdf/term.ts'
import { tripleText } from '../../rdf/turtle.ts'
import { rdf } from '../../rdf/vocabulary.ts'
import { claimReport } from '../../results/article.ts'
import { sourceLines } from '../../results/source.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { projectOf } from './project.ts'

const { namedNode } = DataFactory

/** What is asked about, and what it rests on. */
interface Answer {
  readonly title?: string
  readonly statements: readonly string[]
  readonly sources: readonly Source[]
}

export async function run(
  [subject = '', predicate, object]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const project = await projectOf(flags, terminal)
  const answers = predicate === undefined ? ofClaims(project, subject) : ofStatement(project, subject, predicate, object)
  if (flags.json === true) {
    terminal.out(JSON.stringify({ answers }, null, 2))
    return 0
  }
  for (const { title, statements, sources } of answers) {
    if (title !== undefined) terminal.out(terminal.style('bold', wrap(title, terminal.width)))
    for (const statement of statements) terminal.out(statement)
    for (const line of sources.flatMap(source => sourceLines(source, '  '))) {
      const indent = line.search(/\S/)
      terminal.out(' '.repeat(indent) + wrap(line.trim(), terminal.width - indent - 2, ' '.repeat(indent + 2)))
    }
  }
  return 0
}

function ofClaims(project: Project, id: string): Answer[] {
  const found = claimsOf(project, id)
  if (found.length === 0) {
    const derived = derivedStatement(project, id)
    if (derived !== undefined) return [derived]
    const mend = 'give an id such as s12-1 ("communique article --claims" lists them), or subject predicate object'
    throw new CommuniqueError('unknown-claim', { what: `"${id}" is not the id of a claim`, mend })
  }
  return found.map(({ claim, document }) => {
    const { title, statements } = claimReport(project, document, claim)
    return { title, statements, sources: [sourceOf(project, claim.iri)] }
  })
}

/** A plain statement or an inference of a rule, by the id that answers cite it by. */
function derivedStatement(project: Project, id: string): Answer | undefined {
  const [, document, name = id] = /^(?:([^/]+)\/)?(.+)$/.exec(id) ?? []
  const iris = project.documents
    .filter(one => document === undefined || one.name === document)
    .flatMap(({ iri }) => ['plain', 'inference'].map(kind => namedNode(`${iri}/${kind}/${name}`)))
  const graph = [namedNode(id), ...iris].find(iri => statementKind(project, iri) !== undefined)
  if (graph === undefined) return undefined
  const triples = project.store.getQuads(null, null, null, graph)
  return { statements: triples.map(triple => tripleText(triple, project.prefixes)), sources: [sourceOf(project, graph)] }
}

function ofStatement(project: Project, subject: string, predicate: string, object: string | undefined): Answer[] {
  const [thing, property] = [findThing(project, subject), findPredicate(project, predicate)]
  const quads = project.store
    .getQuads(thing, property, null, null)
    .filter(({ object: term }) => object === undefined || isMeant(project, term, object))
  const triples = new Map<string, Quad>(quads.map(triple => [tripleKey(triple), triple]))
  if (triples.size > 0)
    return [...triples.values()].map(triple => ({
      statements: [tripleText(triple, project.prefixes)],
      sources: sourcesOf(project, triple),
    }))
  throw new CommuniqueError('unknown-statement', {
    what: `the project does not say: ${[subject, predicate, object ?? '…'].join(' ')}`,
    mend: `"communique show ${subject}" lists what it says; that it does not say so does not mean that it is not so`,
  })
}

function isMeant(project: Project, term: Quad['object'], name: string): boolean {
  if (term.value === name || labelOf(project, term) === name) return true
  if (term.termType !== 'NamedNode') return false
  try {
    return termKey(findThing(project, name)) === termKey(term)
  } catch (error) {
    if (error instanceof CommuniqueError) return false
    throw error
  }
}

/** A predicate by its IRI, its prefixed name, `a`, or the bare name of one of ours. */
function findPredicate({ store, prefixes }: Project, name: string): NamedNode {
  if (name === 'a') return rdf.type
  const predicates = store.getPredicates(null, null, null) as NamedNode[]
  const names = new Map(
    predicates.flatMap(
      node =>
        [
          [node.value, node],
          [shorten(node.value, prefixes), node],
        ] as const,
    ),
  )
  const found = names.get(name) ?? names.get(`cmq:${name}`)
  if (found) return found
  const known = [...names.keys()].filter(other => other.startsWith('cmq:')).map(other => other.slice('cmq:'.length))
  throw new CommuniqueError('unknown-thing', {
    what: `no statement has the predicate "${name}"`,
    mend: suggestion(name.replace(/^cmq:/, ''), known),
  })
}
