import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { Algebra } from '../../src/query/algebra.ts'
import { termKey } from '../../src/rdf/term.ts'

/**
 * SPARQL as the specification defines it, in the plainest way: no index, no plan, every join a product. The judge of engines on
 * small data. It knows what the generated queries of `tests/query/generated.ts` use; anything else is an error.
 *
 * @see SPARQL 1.1 Query Language, 18.4 (Property Path Patterns), 18.5 (SPARQL Algebra), 18.6 (Evaluation Semantics)
 */
export function evaluate(algebra: Algebra, quads: readonly Quad[]): Solution[] {
  return solutions(algebra, quads, inGraph(quads, ''))
}

export type Solution = ReadonlyMap<string, Term>
type Dataset = readonly Quad[]

function inGraph(quads: Dataset, name: string): Dataset {
  return quads.filter(({ graph }) => graph.value === name)
}

function solutions(node: Algebra, all: Dataset, active: Dataset): Solution[] {
  const part = (name: string): Algebra => node[name] as Algebra
  const parts = (): Solution[][] => (node.input as Algebra[]).map(input => solutions(input, all, active))
  const input = (): Solution[] => solutions(part('input'), all, active)
  const holds = (expression: unknown, solution: Solution): boolean =>
    truth(resultOf(expression as Algebra, solution, all, active)) === true
  switch (node.type) {
    case 'bgp':
      return (node.patterns as Quad[]).reduce<Solution[]>((found, pattern) => join(found, matches(pattern, active)), [new Map()])
    case 'path':
      return ends(node, active)
    case 'join':
      return parts().reduce(join, [new Map()])
    case 'union':
      return parts().flat()
    case 'leftjoin': {
      const [left, right] = parts() as [Solution[], Solution[]]
      return left.flatMap(one => {
        const found = join([one], right).filter(both => node.expression === undefined || holds(node.expression, both))
        return found.length > 0 ? found : [one]
      })
    }
    case 'minus': {
      const [left, right] = parts() as [Solution[], Solution[]]
      return left.filter(one => !right.some(other => isCompatible(one, other) && [...one.keys()].some(name => other.has(name))))
    }
    case 'filter':
      return input().filter(solution => holds(node.expression, solution))
    case 'values':
      return (node.bindings as Record<string, Term>[]).map(row => new Map(Object.entries(row)))
    case 'extend': {
      const name = (node.variable as Term).value
      return input().map(solution => {
        const value = resultOf(part('expression'), solution, all, active)
        return value === undefined ? solution : new Map([...solution, [name, value]])
      })
    }
    case 'group':
      return grouped(node, input())
    case 'project': {
      const names = (node.variables as Term[]).map(({ value }) => value)
      return input().map(solution => new Map([...solution].filter(([name]) => names.includes(name))))
    }
    case 'distinct':
      return [...new Map(input().map(solution => [solutionKey(solution), solution])).values()]
    case 'graph': {
      const name = node.name as Term
      const names = [...new Set(all.map(({ graph }) => graph.value))].filter(value => value !== '')
      if (name.termType === 'NamedNode')
        return names.includes(name.value) ? solutions(part('input'), all, inGraph(all, name.value)) : []
      return names.flatMap(value =>
        join(solutions(part('input'), all, inGraph(all, value)), [new Map([[name.value, DataFactory.namedNode(value)]])]),
      )
    }
    default:
      throw new Error(`the reference does not know ${node.type}`)
  }
}

/** One text for equal solutions. */
export function solutionKey(solution: Solution): string {
  return [...solution]
    .map(([name, term]) => `${name}=${termKey(term)}`)
    .sort()
    .join(' ')
}

function isCompatible(one: Solution, other: Solution): boolean {
  return [...one].every(([name, term]) => other.get(name)?.equals(term) ?? true)
}

function join(left: Solution[], right: Solution[]): Solution[] {
  return left.flatMap(one => right.filter(other => isCompatible(one, other)).map(other => new Map([...one, ...other])))
}

function matches({ subject, predicate, object }: Quad, active: Dataset): Solution[] {
  return active.flatMap(quad => {
    const found = new Map<string, Term>()
    const pairs: [Term, Term][] = [
      [subject, quad.subject],
      [predicate, quad.predicate],
      [object, quad.object],
    ]
    for (const [wanted, term] of pairs) {
      if (wanted.termType !== 'Variable' ? !wanted.equals(term) : !(found.get(wanted.value)?.equals(term) ?? true)) return []
      if (wanted.termType === 'Variable') found.set(wanted.value, term)
    }
    return [found]
  })
}

type Pair = readonly [from: Term, to: Term]

function ends({ subject, predicate, object }: Algebra, active: Dataset): Solution[] {
  return pairsOf(predicate as Algebra, active).flatMap(([from, to]) =>
    matches(DataFactory.quad(subject as never, DataFactory.namedNode('urn:path'), object as never) as Quad, [
      DataFactory.quad(from as never, DataFactory.namedNode('urn:path'), to as never) as Quad,
    ]),
  )
}

/** The pairs that a path without zero length leads from and to, as often as it does; for a closure each once. */
function pairsOf(path: Algebra, active: Dataset): Pair[] {
  const along = (test: (predicate: Term) => boolean): Pair[] =>
    active.filter(({ predicate }) => test(predicate)).map(({ subject, object }) => [subject, object])
  switch (path.type) {
    case 'link':
      return along(predicate => predicate.equals(path.iri as Term))
    case 'nps':
      return along(predicate => !(path.iris as Term[]).some(iri => iri.equals(predicate)))
    case 'inv':
      return pairsOf(path.path as Algebra, active).map(([from, to]) => [to, from])
    case 'alt':
      return (path.input as Algebra[]).flatMap(part => pairsOf(part, active))
    case 'seq':
      return (path.input as Algebra[]).map(part => pairsOf(part, active)).reduce(follow)
    case 'OneOrMorePath': {
      const step = pairsOf(path.path as Algebra, active)
      const unique = (pairs: Pair[]): Pair[] => [...new Map(pairs.map(pair => [pair.map(termKey).join(), pair])).values()]
      let found = unique(step)
      for (let count = -1; count !== found.length; ) {
        count = found.length
        found = unique([...found, ...follow(found, step)])
      }
      return found
    }
    default:
      throw new Error(`the reference does not know the path ${path.type}`)
  }
}

function follow(first: Pair[], second: Pair[]): Pair[] {
  return first.flatMap(([from, middle]) => second.filter(([start]) => start.equals(middle)).map(([, to]): Pair => [from, to]))
}

function grouped({ variables, aggregates }: Algebra, rows: Solution[]): Solution[] {
  const names = (variables as Term[]).map(({ value }) => value)
  const groups = new Map<string, { key: Solution; rows: Solution[] }>()
  if (names.length === 0) groups.set('', { key: new Map(), rows })
  else
    for (const row of rows) {
      const key: Solution = new Map([...row].filter(([name]) => names.includes(name)))
      const group = groups.get(solutionKey(key)) ?? { key, rows: [] }
      group.rows.push(row)
      groups.set(solutionKey(key), group)
    }
  return [...groups.values()].map(group => {
    const counts = (aggregates as Algebra[]).map(({ aggregator, expression, variable }): [string, Term] => {
      if (aggregator !== 'count' || (expression as Algebra).subType !== 'wildcard')
        throw new Error('the reference only counts rows')
      return [(variable as Term).value, integer(group.rows.length)]
    })
    return new Map([...group.key, ...counts])
  })
}

const XSD = 'http://www.w3.org/2001/XMLSchema#'

function integer(value: number): Term {
  return DataFactory.literal(String(value), DataFactory.namedNode(`${XSD}integer`))
}

function boolean(value: boolean): Term {
  return DataFactory.literal(String(value), DataFactory.namedNode(`${XSD}boolean`))
}

/** The effective boolean value of a boolean; undefined for an error. */
function truth(term: Term | undefined): boolean | undefined {
  return term?.termType === 'Literal' && term.datatype.value === `${XSD}boolean` ? term.value === 'true' : undefined
}

/** The value of an expression; undefined for an error. */
function resultOf(expression: Algebra, solution: Solution, all: Dataset, active: Dataset): Term | undefined {
  const { subType, term, operator, args } = expression as Algebra & { readonly term: Term; readonly args: Algebra[] }
  if (subType === 'term') return term.termType === 'Variable' ? solution.get(term.value) : term
  if (subType === 'existence') {
    const found = join([solution], solutions(expression.input as Algebra, all, active)).length > 0
    return boolean(found !== (expression.not === true))
  }
  if (subType !== 'operator') throw new Error(`the reference does not know ${subType}`)
  if (operator === 'bound') return boolean(solution.has((args[0]!.term as Term).value))
  const values = args.map(arg => resultOf(arg as Algebra, solution, all, active))
  const [one, other] = values
  switch (operator) {
    case '!':
      return truth(one) === undefined ? undefined : boolean(!truth(one))
    case '||':
      return values.some(value => truth(value) === true)
        ? boolean(true)
        : values.every(value => truth(value) === false)
          ? boolean(false)
          : undefined
    case '&&':
      return values.some(value => truth(value) === false)
        ? boolean(false)
        : values.every(value => truth(value) === true)
          ? boolean(true)
          : undefined
    case 'isliteral':
      return one && boolean(one.termType === 'Literal')
    case '=':
      return one && other && boolean(one.equals(other))
    case '<':
    case '>=': {
      if (
        one?.termType !== 'Literal' ||
        other?.termType !== 'Literal' ||
        !one.datatype.equals(other.datatype) ||
        one.language !== ''
      )
        return undefined
      const isLess = one.datatype.value === `${XSD}integer` ? Number(one.value) < Number(other.value) : one.value < other.value
      return boolean(operator === '<' ? isLess : !isLess)
    }
    default:
      throw new Error(`the reference does not know ${operator}`)
  }
}
