import type { Term, Variable } from '@rdfjs/types'
import type { Prefixes } from '../rdf/prefixes.ts'
import { termText } from '../rdf/turtle.ts'
import { type Algebra, isNode, isTerm } from './algebra.ts'
import type { Operator } from './operator.ts'

/** A step of a plan, with what it had to do where the plan was traced. */
export interface PlanStep {
  readonly node: Algebra
  /** How deep it stands within other steps. */
  readonly depth: number
  /** How many solutions were expected each time; undefined for what is not chosen by that. */
  readonly estimate?: number | undefined
  /** How often it was begun. */
  opened: number
  /** How many solutions it had, all in all. */
  solutions: number
}

/** A step that counts. */
export class Counted implements Operator {
  readonly #input: Operator
  readonly #step: PlanStep

  constructor(input: Operator, step: PlanStep) {
    this.#input = input
    this.#step = step
  }

  open(): void {
    this.#step.opened++
    this.#input.open()
  }

  next(): boolean {
    const isFound = this.#input.next()
    if (isFound) this.#step.solutions++
    return isFound
  }

  close(): void {
    this.#input.close()
  }
}

/**
 * What a step does, in the words of SPARQL, and the graph that it is asked in.
 *
 * @example stepText(prepare(QuadStore.of([]), 'ASK { ?s ?p 1 }').steps[0], {}).text // '?s ?p 1'
 */
export function stepText({ node }: PlanStep, prefixes: Prefixes): { readonly text: string; readonly graph: string } {
  const text = (term: unknown): string => termText(term as Term, prefixes)
  const names = (terms: unknown): string => (terms as Term[]).map(text).join(' ')
  const graph = isTerm(node.graph) && node.graph.termType !== 'DefaultGraph' ? text(node.graph) : ''
  switch (node.type) {
    case 'pattern':
      return { text: names([node.subject, node.predicate, node.object]), graph }
    case 'intersection':
      return {
        text: (node.input as Algebra[]).map(part => names([part.subject, part.predicate, part.object])).join(' and '),
        graph,
      }
    case 'path':
      return { text: `${text(node.subject)} ${pathText(node.predicate as Algebra, prefixes)} ${text(node.object)}`, graph }
    case 'values':
      return { text: `VALUES ${names(node.variables)}: ${(node.bindings as unknown[]).length}`, graph }
    case 'graphnames':
      return { text: `GRAPH ${text(node.name)}`, graph }
    case 'filter':
      return { text: `FILTER ${conditionText(node.expression as Algebra, prefixes)}`, graph: '' }
    case 'extend':
      return { text: `BIND ${conditionText(node.expression as Algebra, prefixes)} AS ${text(node.variable)}`, graph: '' }
    case 'group':
      return { text: `GROUP BY ${names(node.variables)}`.trim(), graph: '' }
    case 'slice':
      return { text: `LIMIT ${node.length ?? 'none'}${node.start ? ` OFFSET ${node.start}` : ''}`, graph: '' }
    default:
      return { text: WORDS[node.type] ?? node.type.toUpperCase(), graph: '' }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  leftjoin: 'OPTIONAL',
  orderby: 'ORDER BY',
  block: 'sub-SELECT',
  destructured: 'parts of a triple term',
  same: 'the same graph',
}

function pathText(path: Algebra, prefixes: Prefixes): string {
  const parts = (separator: string): string => (path.input as Algebra[]).map(part => pathText(part, prefixes)).join(separator)
  switch (path.type) {
    case 'link':
      return termText(path.iri as Term, prefixes)
    case 'inv':
      return `^${pathText(path.path as Algebra, prefixes)}`
    case 'nps':
      return `!(${(path.iris as Term[]).map(iri => termText(iri, prefixes)).join('|')})`
    case 'seq':
      return `(${parts('/')})`
    case 'alt':
      return `(${parts('|')})`
    default:
      return `${pathText(path.path as Algebra, prefixes)}${{ ZeroOrMorePath: '*', OneOrMorePath: '+' }[path.type] ?? '?'}`
  }
}

/** An expression as people would write it, more or less: infix operators between, others before their arguments. */
function conditionText(expression: Algebra, prefixes: Prefixes): string {
  if (expression.subType === 'term') return termText(expression.term as Term | Variable, prefixes)
  if (expression.subType === 'existence') return `${expression.not === true ? 'NOT ' : ''}EXISTS { … }`
  const args = ((expression.args as unknown[] | undefined) ?? []).filter(isNode).map(arg => conditionText(arg, prefixes))
  const name = expression.subType === 'named' ? termText(expression.name as Term, prefixes) : String(expression.operator)
  return INFIX.test(name) && args.length > 1 ? `(${args.join(` ${name} `)})` : `${name.toUpperCase()}(${args.join(', ')})`
}

const INFIX = /^([=<>+*/-]|!=|<=|>=|&&|\|\|)$/
