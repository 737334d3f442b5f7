import type { BlankNode, Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Answer } from '../answers/answer.ts'

const { blankNode, quad } = DataFactory

/**
 * An answer with its blank nodes called `b0`, `b1` ... in the order in which they appear. Their own labels change from run to
 * run, and `BNODE("...")` makes some of any text, which Turtle would not take.
 */
export function withPlainBlankNodes(answer: Answer): Answer {
  const labels = new Map<string, BlankNode>()
  const plain = (term: Term): Term => {
    if (term.termType === 'Quad')
      return quad(...([term.subject, term.predicate, term.object].map(plain) as [never, never, never])) as Quad
    if (term.termType !== 'BlankNode') return term
    const label = labels.get(term.value) ?? blankNode(`b${labels.size}`)
    labels.set(term.value, label)
    return label
  }
  const rows = answer.rows.map(row =>
    [...row.values.values()].some(({ termType }) => termType === 'BlankNode' || termType === 'Quad')
      ? { ...row, values: new Map([...row.values].map(([name, term]) => [name, plain(term)])) }
      : row,
  )
  return { ...answer, rows }
}
