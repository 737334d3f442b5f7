import type { Quad } from '@rdfjs/types'
import { DataFactory, type NamedNode } from 'n3'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { CompiledGraph } from '../../project/knowledge-graph.ts'
import { claimsOf, type Source, sourcedStatements, sourceOf, statementKind } from '../../project/source.ts'
import { findThing, iriOf, labelOf } from '../../project/thing.ts'
import { PREFIXES } from '../../rdf/prefixes.ts'
import { termKey } from '../../rdf/term.ts'
import { tripleText } from '../../rdf/turtle.ts'
import { rdf } from '../../rdf/vocabulary.ts'
import { claimReport } from '../../results/article.ts'
import { sourceLines } from '../../results/source.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { askedOf } from './project.ts'

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
  const { graph } = await askedOf(flags, terminal)
  const answers = predicate === undefined ? ofClaims(graph, subject) : ofStatement(graph, subject, predicate, object)
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

function ofClaims(graph: CompiledGraph, id: string): Answer[] {
  const found = claimsOf(graph, id)
  if (found.length === 0) {
    const derived = derivedStatement(graph, id)
    if (derived !== undefined) return [derived]
    const mend = 'give an id such as s12-1 ("communique article --claims" lists them), or subject predicate object'
    throw new CommuniqueError('unknown-claim', { what: `"${id}" is not the id of a claim`, mend })
  }
  return found.map(({ claim, document }) => {
    const { title, statements } = claimReport(graph, document, claim)
    return { title, statements, sources: [sourceOf(graph, claim.iri)] }
  })
}

/** A plain statement or an inference of a rule, by the id that answers cite it by. */
function derivedStatement(graph: CompiledGraph, id: string): Answer | undefined {
  const [, document, name = id] = /^(?:([^/]+)\/)?(.+)$/.exec(id) ?? []
  const iris = graph.documents
    .filter(one => document === undefined || one.name === document)
    .flatMap(({ iri }) => ['plain', 'inference'].map(kind => namedNode(`${iri}/${kind}/${name}`)))
  const statement = [namedNode(id), ...iris].find(iri => statementKind(graph, iri) !== undefined)
  if (statement === undefined) return undefined
  const triples = graph.store.getQuads(null, null, null, statement)
  return { statements: triples.map(triple => tripleText(triple, graph.prefixes)), sources: [sourceOf(graph, statement)] }
}

function ofStatement(graph: CompiledGraph, subject: string, predicate: string, object: string | undefined): Answer[] {
  const [thing, property] = [findThing(graph, subject), findPredicate(graph, predicate)]
  const quads = graph.store
    .getQuads(thing, property, null, null)
    .filter(({ object: term }) => object === undefined || isMeant(graph, term, object))
  if (quads.length > 0)
    return sourcedStatements(graph, quads).map(({ triple, sources }) => ({
      statements: [tripleText(triple, graph.prefixes)],
      sources,
    }))
  throw new CommuniqueError('unknown-statement', {
    what: `the project does not say: ${[subject, predicate, object ?? '…'].join(' ')}`,
    mend: `"communique show ${subject}" lists what it says; that it does not say so does not mean that it is not so`,
  })
}

function isMeant(graph: CompiledGraph, term: Quad['object'], name: string): boolean {
  if (term.value === name || labelOf(graph, term) === name) return true
  if (term.termType !== 'NamedNode') return false
  try {
    return termKey(findThing(graph, name)) === termKey(term)
  } catch (error) {
    if (error instanceof CommuniqueError) return false
    throw error
  }
}

/** A predicate by its IRI, its prefixed name, `a`, or the bare name of one of ours. */
function findPredicate({ store, prefixes }: CompiledGraph, name: string): NamedNode {
  if (name === 'a') return rdf.type
  const iris = [name, iriOf(name, prefixes) ?? name, PREFIXES.cmq + name]
  const found = iris.map(iri => namedNode(iri)).find(node => store.countQuads(null, node, null, null) > 0)
  if (found) return found
  const predicates = new Set(store.getQuads(null, null, null, null).map(({ predicate }) => predicate.value))
  const ours = [...predicates].filter(iri => iri.startsWith(PREFIXES.cmq)).map(iri => iri.slice(PREFIXES.cmq.length))
  throw new CommuniqueError('unknown-thing', {
    what: `no statement has the predicate "${name}"`,
    mend: suggestion(name.replace(/^cmq:/, ''), ours.sort()),
  })
}
