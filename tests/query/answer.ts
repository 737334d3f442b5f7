import type { Quad, Term } from '@rdfjs/types'
import { termKey, tripleKey } from '../../src/rdf/term.ts'
import type { Algebra } from '../../src/sparql/algebra.ts'
import { evaluate, evaluateGraph, type Solution, solutionKey } from '../reference/evaluate.ts'

/** What an engine makes of a query of some form. */
export interface Answering {
  solutions(): Iterable<Solution>
  ask(): boolean
  quads(): Iterable<Quad>
}

/** An answer as lines: equal for equal answers. They are in their order where the query gives them one. */
export function linesOf(algebra: Algebra, engine: Answering): string[] {
  const form = formOf(algebra)
  if (form === 'ask') return [String(engine.ask())]
  if (form !== 'project') return graphLines([...engine.quads()])
  return solutionLines(algebra, [...engine.solutions()])
}

/** Solutions as lines, in alphabetical order unless the query gives them another. */
export function solutionLines(algebra: Algebra, solutions: readonly Solution[]): string[] {
  const lines = solutions.map(solutionKey)
  return isOrdered(algebra) ? lines : lines.sort()
}

/** What the specification says, evaluated in the plainest way. */
export function referenceOn(algebra: Algebra, quads: readonly Quad[]): Answering {
  return {
    solutions: () => evaluate(algebra, quads),
    ask: () => evaluate(algebra, quads).length > 0,
    quads: () => evaluateGraph(algebra, quads),
  }
}

function formOf({ type, input }: Algebra): string {
  return ['slice', 'distinct', 'from'].includes(type) ? formOf(input as Algebra) : type
}

function isOrdered({ type, input }: Algebra): boolean {
  return type === 'orderby' || (['slice', 'distinct', 'project', 'from'].includes(type) && isOrdered(input as Algebra))
}

/** Triples as lines, each once. Those of each new node, of which no triple has two, stand together under no name. */
export function graphLines(quads: readonly Quad[]): string[] {
  const ofNodes = new Map<string, string[]>()
  const lines: string[] = []
  for (const { subject, predicate, object } of new Map(quads.map(quad => [tripleKey(quad), quad])).values()) {
    const terms = [subject, predicate, object] as Term[]
    const node = terms.find(isNew)?.value
    const line = terms.map(term => (isNew(term) ? '_:new' : termKey(term))).join(' ')
    if (node === undefined) lines.push(line)
    else ofNodes.set(node, [...(ofNodes.get(node) ?? []), line])
  }
  return [...lines, ...[...ofNodes.values()].map(group => group.sort().join('; '))].sort()
}

/** Whether a CONSTRUCT has made the node: those of the data have one letter as their label. */
function isNew({ termType, value }: Term): boolean {
  return termType === 'BlankNode' && !/^b\d+_e$/.test(value)
}
