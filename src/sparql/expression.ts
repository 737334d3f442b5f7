import type { BaseQuad, Term } from '@rdfjs/types'
import { quadOf } from '../rdf/term.ts'
import { type Algebra, termIn } from './algebra.ts'
import { add, divide, multiply, negate, subtract } from './arithmetic.ts'
import { type FunctionContext, functions } from './functions.ts'
import { FALSE, TRUE } from './literal.ts'
import { hasSolution, type Operator } from './operator.ts'
import type { Registers } from './registers.ts'
import { Unsupported } from './scope.ts'
import type { TermIds } from './term-ids.ts'
import { textCondition } from './text-condition.ts'
import { compare, effectiveBoolean, isEqual } from './value.ts'

/** An expression over the registers: its term; undefined is an error (17.3). */
type Value = () => Term | undefined
/** A condition over the registers; undefined is an error. */
export type Condition = () => boolean | undefined

/** What an expression needs of the plan that it is part of. */
export interface ExpressionScope {
  readonly registers: Registers
  readonly ids: TermIds
  readonly context: FunctionContext
  /** The plan of the pattern of an EXISTS. */
  existing(pattern: Algebra): Operator
}

/** @see SPARQL 1.1 Query Language, 17 (Expressions and Testing Values) */
export class Expressions {
  readonly #scope: ExpressionScope
  readonly #values: Uint32Array

  constructor(scope: ExpressionScope) {
    this.#scope = scope
    this.#values = scope.registers.values
  }

  /** The id of the value; 0 for an error. */
  id(expression: Algebra): () => number {
    const { ids } = this.#scope
    const term = termIn(expression)
    if (term !== undefined && term.termType !== 'Quad') {
      const [slot, values] = [this.#slotOf(term), this.#values]
      return () => values[slot]!
    }
    const value = this.value(expression)
    return () => {
      const found = value()
      return found === undefined ? 0 : ids.idOf(found)
    }
  }

  value(expression: Algebra): Value {
    const { ids, context } = this.#scope
    const term = termIn(expression)
    if (term !== undefined) {
      if (term.termType === 'Quad') return this.#triple(term)
      if (term.termType !== 'Variable') return () => term
      const [slot, values] = [this.#slotOf(term), this.#values]
      return () => (values[slot] === 0 ? undefined : ids.termOf(values[slot]!))
    }
    if (isCondition(expression)) {
      const holds = this.condition(expression)
      return () => {
        const isTrue = holds()
        return isTrue === undefined ? undefined : isTrue ? TRUE : FALSE
      }
    }
    const args = (expression.args as Algebra[]).map(arg => this.value(arg))
    const [one, other] = args as [Value, Value]
    switch (expression.operator) {
      case 'if': {
        const holds = this.condition((expression.args as Algebra[])[0]!)
        const [, then, otherwise] = args as [Value, Value, Value]
        return () => {
          const isTrue = holds()
          return isTrue === undefined ? undefined : isTrue ? then() : otherwise()
        }
      }
      case 'coalesce':
        return () => {
          for (const arg of args) {
            const found = arg()
            if (found !== undefined) return found
          }
          return undefined
        }
      case '+':
        return args.length === 1 ? one : both(one, other, add)
      case '-':
        return args.length === 1 ? single(one, negate) : both(one, other, subtract)
      case 'uminus':
      case 'UMINUS':
        return single(one, negate)
      case 'UPLUS':
        return one
      case '*':
        return both(one, other, multiply)
      case '/':
        return both(one, other, divide)
    }
    const name = expression.subType === 'named' ? (expression.name as Term).value : (expression.operator as string)
    const implementation = functions.get(name)
    if (implementation === undefined) throw new Unsupported(`the function ${name}`)
    if (args.length === 1) {
      return () => {
        const found = one()
        return found === undefined ? undefined : implementation([found], context)
      }
    }
    return () => {
      const found: Term[] = []
      for (const arg of args) {
        const value = arg()
        if (value === undefined) return undefined
        found.push(value)
      }
      return implementation(found, context)
    }
  }

  /** A triple term with the values of its variables. */
  #triple(term: BaseQuad): Value {
    const parts = [term.subject, term.predicate, term.object].map(part =>
      this.value({ type: 'expression', subType: 'term', term: part }),
    )
    return () => {
      const [subject, predicate, object] = parts.map(part => part())
      return isSubject(subject) && predicate?.termType === 'NamedNode' && object ? quadOf(subject!, predicate, object) : undefined
    }
  }

  /** The effective boolean value of an expression. */
  condition(expression: Algebra): Condition {
    if (expression.subType === 'existence') {
      const pattern = this.#scope.existing(expression.input as Algebra)
      return expression.not === true ? () => !hasSolution(pattern) : () => hasSolution(pattern)
    }
    if (!isCondition(expression)) {
      const value = this.value(expression)
      const holds = (): boolean | undefined => {
        const found = value()
        return found === undefined ? undefined : effectiveBoolean(found)
      }
      return textCondition(expression, this.#scope, holds) ?? holds
    }
    const args = expression.args as Algebra[]
    switch (expression.operator) {
      case '!': {
        const holds = this.condition(args[0]!)
        return () => {
          const isTrue = holds()
          return isTrue === undefined ? undefined : !isTrue
        }
      }
      case '&&':
        return all(args.map(arg => this.condition(arg)))
      case '||':
        return any(args.map(arg => this.condition(arg)))
      case 'bound': {
        const [slot, values] = [this.#slotOf(termIn(args[0]!)!), this.#values]
        return () => values[slot] !== 0
      }
      case '=':
        return this.#equality(args, false)
      case '!=':
        return this.#equality(args, true)
      case '<':
        return this.#comparison(args, order => order < 0)
      case '>':
        return this.#comparison(args, order => order > 0)
      case '<=':
        return this.#comparison(args, order => order <= 0)
      case '>=':
        return this.#comparison(args, order => order >= 0)
      case 'sameterm': {
        const [one, other] = args.map(arg => this.id(arg)) as [() => number, () => number]
        return () => {
          const [left, right] = [one(), other()]
          return left === 0 || right === 0 ? undefined : left === right
        }
      }
      case 'in':
        return any(args.slice(1).map(arg => this.#equality([args[0]!, arg], false)))
      case 'notin':
        return all(args.slice(1).map(arg => this.#equality([args[0]!, arg], true)))
      default:
        throw new Unsupported(`the operator ${expression.operator}`)
    }
  }

  #equality(args: readonly Algebra[], isNegated: boolean): Condition {
    const { ids } = this.#scope
    const [one, other] = args.map(arg => this.id(arg)) as [() => number, () => number]
    return () => {
      const [left, right] = [one(), other()]
      if (left === 0 || right === 0) return undefined
      const isFound = equals(left, right, ids)
      return isFound === undefined ? undefined : isFound !== isNegated
    }
  }

  #comparison(args: readonly Algebra[], holds: (order: number) => boolean): Condition {
    const { ids } = this.#scope
    const [one, other] = args.map(arg => this.id(arg)) as [() => number, () => number]
    return () => {
      const [left, right] = [one(), other()]
      if (left === 0 || right === 0) return undefined
      const [a, b] = [ids.numberOf(left), ids.numberOf(right)]
      // NaN is a value like others there, or no number at all: both are compared as terms.
      if (!Number.isNaN(a) && !Number.isNaN(b)) return holds(a === b ? 0 : a - b)
      const order = compare(ids.termOf(left), ids.termOf(right))
      return order === undefined ? undefined : holds(order)
    }
  }

  #slotOf(term: Term): number {
    const { registers, ids } = this.#scope
    return term.termType === 'Variable' ? registers.slotOf(term.value) : registers.constant(ids.idOf(term))
  }
}

function isSubject(term: Term | undefined): boolean {
  return term?.termType === 'NamedNode' || term?.termType === 'BlankNode'
}

const CONDITIONS: ReadonlySet<unknown> = new Set([
  '!',
  '&&',
  '||',
  'bound',
  '=',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  'sameterm',
  'in',
  'notin',
])

/** Whether an expression is true, false or an error by its form. */
export function isCondition({ subType, operator }: Algebra): boolean {
  return subType === 'existence' || (subType === 'operator' && CONDITIONS.has(operator))
}

/** Whether two values are equal; the same term is, unless it is not a number or is compared by what it stands for. */
function equals(left: number, right: number, ids: TermIds): boolean | undefined {
  if (!ids.isLiteral(left) || !ids.isLiteral(right)) {
    if (left === right) return true
    const [one, other] = [ids.termOf(left), ids.termOf(right)]
    return one.termType === 'Quad' && other.termType === 'Quad' ? isEqual(one, other) : false
  }
  const [a, b] = [ids.numberOf(left), ids.numberOf(right)]
  return !Number.isNaN(a) && !Number.isNaN(b) ? a === b : isEqual(ids.termOf(left), ids.termOf(right))
}

function single(value: Value, work: (one: Term) => Term | undefined): Value {
  return () => {
    const found = value()
    return found === undefined ? undefined : work(found)
  }
}

function both(one: Value, other: Value, work: (one: Term, other: Term) => Term | undefined): Value {
  return () => {
    const [left, right] = [one(), other()]
    return left === undefined || right === undefined ? undefined : work(left, right)
  }
}

/** True if all hold, false if one does not, else an error (17.2). */
export function all(conditions: readonly Condition[]): Condition {
  return () => {
    let outcome: boolean | undefined = true
    for (const holds of conditions) {
      const isTrue = holds()
      if (isTrue === false) return false
      if (isTrue === undefined) outcome = undefined
    }
    return outcome
  }
}

function any(conditions: readonly Condition[]): Condition {
  return () => {
    let outcome: boolean | undefined = false
    for (const holds of conditions) {
      const isTrue = holds()
      if (isTrue === true) return true
      if (isTrue === undefined) outcome = undefined
    }
    return outcome
  }
}
