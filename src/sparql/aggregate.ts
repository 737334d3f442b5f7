import type { Term } from '@rdfjs/types'
import { integerLiteral, stringLiteral } from './literal.ts'
import { calculate, fromInteger, type NumberValue, numberLiteral } from './number.ts'
import { termValue } from './value.ts'

export type Aggregator = 'count' | 'sum' | 'avg' | 'sample' | 'group_concat'

/** What gathers the values of a group. An undefined value is an error of the expression, a variable without value among them. */
export interface Accumulator {
  add(term: Term | undefined): void
  /** The value for the group; undefined for an error. */
  result(): Term | undefined
}

/**
 * An accumulator for one group. DISTINCT is up to the caller.
 *
 * COUNT and SAMPLE pass over errors; any other aggregate of a group with an error is one. Of nothing the sum and the average are 0,
 * the joined text is empty, a sample is an error.
 *
 * @param options.separator what stands between the texts of GROUP_CONCAT, a space unless told
 * @see SPARQL 1.1 Query Language, 18.5.1 (Aggregate Algebra)
 */
export function accumulator(aggregator: Aggregator, { separator = ' ' }: { readonly separator?: string } = {}): Accumulator {
  switch (aggregator) {
    case 'count':
      return counting()
    case 'sum':
      return summing(sum => sum)
    case 'avg':
      return summing((sum, count) => (count === 0 ? sum : calculate('/', sum, fromInteger(BigInt(count)))))
    case 'sample':
      return sampling()
    case 'group_concat':
      return joining(separator)
  }
}

function counting(): Accumulator {
  let count = 0
  return {
    add: term => {
      if (term !== undefined) count++
    },
    result: () => integerLiteral(count),
  }
}

function summing(conclude: (sum: NumberValue, count: number) => NumberValue | undefined): Accumulator {
  let sum: NumberValue | undefined = fromInteger(0n)
  let count = 0
  return {
    add: term => {
      const value = term && termValue(term)
      sum = sum && value?.kind === 'number' ? calculate('+', sum, value) : undefined
      count++
    },
    result: () => {
      const value = sum && conclude(sum, count)
      return value && numberLiteral(value)
    },
  }
}

function sampling(): Accumulator {
  let sample: Term | undefined
  return {
    add: term => {
      sample ??= term
    },
    result: () => sample,
  }
}

function joining(separator: string): Accumulator {
  const texts: string[] = []
  let failed = false
  return {
    add: term => {
      if (term?.termType === 'Literal' || term?.termType === 'NamedNode') texts.push(term.value)
      else failed = true
    },
    result: () => (failed ? undefined : stringLiteral(texts.join(separator))),
  }
}
