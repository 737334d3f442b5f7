import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../algebra.ts'

const defaultGraph = DataFactory.defaultGraph()

/**
 * A triple pattern, at once a node of algebra and a quad. Its parts are its own properties, which n3's quads have not: those who copy
 * nodes of algebra copy these.
 */
export class Pattern {
  readonly type = 'pattern'
  readonly termType = 'Quad'
  readonly value = ''
  readonly subject: Term
  readonly predicate: Term
  readonly object: Term
  readonly graph: Term = defaultGraph
  readonly [part: string]: unknown

  constructor(subject: Term, predicate: Term, object: Term) {
    this.subject = subject
    this.predicate = predicate
    this.object = object
  }

  equals(other: Term | null | undefined): boolean {
    if (other?.termType !== 'Quad') return false
    const { subject, predicate, object, graph } = other as Quad
    const isSame = this.subject.equals(subject) && this.predicate.equals(predicate) && this.object.equals(object)
    return isSame && this.graph.equals(graph)
  }
}

export function pathNode(subject: Term, predicate: Algebra, object: Term): Algebra {
  return { type: 'path', subject, predicate, object, graph: defaultGraph }
}

/** The group pattern of nothing. */
export function bgp(patterns: readonly Pattern[] = []): Algebra {
  return { type: 'bgp', patterns }
}

/** A node of which parts of the same type become its own parts. */
export function flat(type: string, input: readonly Algebra[]): Algebra {
  const isNested = input.some(part => part.type === type)
  return { type, input: isNested ? input.flatMap(part => (part.type === type ? (part.input as Algebra[]) : part)) : input }
}

/** Two patterns that both must match: the first grows, if it can. @see SPARQL 1.1 Query Language, 18.2.2.6, 18.2.2.8 */
export function join(left: Algebra, right: Algebra): Algebra {
  if (isUnit(left)) return right
  if (isUnit(right)) return left
  const name = left.type === 'bgp' && right.type === 'bgp' ? 'patterns' : 'input'
  const whole = name === 'patterns' || left.type === 'join' ? left : { type: 'join', input: [left] }
  const more = right.type === whole.type ? (right[name] as Algebra[]) : [right]
  for (const part of more) (whole[name] as Algebra[]).push(part)
  return whole
}

function isUnit({ type, patterns }: Algebra): boolean {
  return type === 'bgp' && (patterns as readonly Pattern[]).length === 0
}

export function termExpression(term: Term): Algebra {
  return { type: 'expression', subType: 'term', term }
}

export function operation(operator: string, args: readonly Algebra[]): Algebra {
  return { type: 'expression', subType: 'operator', operator, args }
}
