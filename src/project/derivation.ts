import { DataFactory, type NamedNode, type Quad } from 'n3'
import { tripleKey } from '../rdf/term.ts'
import { cmq, prov, rdf } from '../rdf/vocabulary.ts'
import type { Application } from '../reasoning/closure.ts'
import { CERTAINTIES, type Certainty } from '../reasoning/rule.ts'
import { CORE_BASE } from './core.ts'
import type { CommuniqueDocument } from './document.ts'

const { literal, namedNode, quad } = DataFactory

/** Which graphs hold a triple that may be a premise, and how certain each is. */
export class Grounds {
  readonly #graphs = new Map<string, Map<string, NamedNode>>()
  readonly #certainties = new Map<string, () => Certainty | undefined>()

  /** @param certainty of what the graph says; asked for only after all grounds are known; undefined while it depends on itself */
  add(triple: Quad, graph: NamedNode, certainty: () => Certainty | undefined = () => 'HighCertainty'): void {
    const key = tripleKey(triple)
    this.#graphs.set(key, (this.#graphs.get(key) ?? new Map()).set(graph.value, graph))
    this.#certainties.set(graph.value, certainty)
  }

  of(triple: Quad): NamedNode[] {
    return [...(this.#graphs.get(tripleKey(triple))?.values() ?? [])]
  }

  /** How far a triple can be relied on: as far as the best of its grounds. */
  certaintyOf(triple: Quad): Certainty | undefined {
    const known = this.of(triple).map(({ value }) => this.#certainties.get(value)?.())
    return CERTAINTIES.find(certainty => known.includes(certainty))
  }
}

/**
 * Applications of rules as statements: a graph for each, in the document of its first premise, and in that document's
 * provenance graph which rule it applies and which graphs it is derived from. An inference is never more certain than
 * its premises. The conclusions become grounds too.
 */
export function statementQuads(
  applications: readonly Application[],
  kind: 'plain' | 'inference',
  documents: readonly CommuniqueDocument[],
  grounds: Grounds,
): Quad[] {
  const statements = applications.map(application => {
    const held = application.premises.flatMap(triple => grounds.of(triple))
    const document = documents.find(({ iri }) => held.some(({ value }) => value.startsWith(`${iri}/`))) ?? documents[0]!
    const graph = namedNode(`${document.iri}/${kind}/${application.name}`)
    const certainty = kind === 'plain' ? () => 'HighCertainty' as const : certaintyOf(application, grounds)
    for (const conclusion of application.conclusions) grounds.add(conclusion, graph, certainty)
    return { application, graph, certainty, provenance: namedNode(`${document.iri}/provenance`) }
  })
  return statements.flatMap(({ application: { rule, conclusions, premises }, graph, certainty, provenance }) => {
    const says = (predicate: NamedNode, object: Quad['object']): Quad => quad(graph, predicate, object, provenance)
    const derivedFrom = premises.flatMap(triple => grounds.of(triple)).filter(held => !held.equals(graph))
    const ofInference = (): Quad[] => [
      says(cmq.hasCertainty, cmq[certainty() ?? rule.certainty]),
      ...(rule.assumption === undefined ? [] : [says(cmq.assumption, literal(rule.assumption, 'en'))]),
    ]
    return [
      ...conclusions.map(({ subject, predicate, object }) => quad(subject, predicate, object, graph)),
      says(rdf.type, kind === 'plain' ? cmq.PlainStatement : cmq.Inference),
      says(cmq.appliesRule, namedNode(`${CORE_BASE}rule/${rule.name}`)),
      says(cmq.isVoicedBy, namedNode(`${CORE_BASE}agent/communique`)),
      ...derivedFrom.map(held => says(prov.wasDerivedFrom, held)),
      ...(kind === 'inference' ? ofInference() : []),
    ]
  })
}

/** The lowest of a rule's own certainty and those of its premises; undefined while it is asked of itself. */
function certaintyOf({ rule, premises }: Application, grounds: Grounds): () => Certainty | undefined {
  let known: Certainty | undefined
  let isOpen = false
  return () => {
    if (known !== undefined || isOpen) return known
    isOpen = true
    const all = [rule.certainty, ...premises.map(triple => grounds.certaintyOf(triple))]
    isOpen = false
    known = CERTAINTIES.findLast(certainty => all.includes(certainty))
    return known
  }
}
