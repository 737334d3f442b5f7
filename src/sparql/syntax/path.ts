import type { NamedNode, Term } from '@rdfjs/types'
import type { Algebra } from '../algebra.ts'
import { flat, Pattern, pathNode } from './node.ts'
import type { Reader } from './reader.ts'

const MODIFIERS: Readonly<Record<string, string>> = { '*': 'ZeroOrMorePath', '+': 'OneOrMorePath', '?': 'ZeroOrOnePath' }

/**
 * Reads a property path.
 *
 * @see SPARQL 1.1 Query Language, 19.8 [88] Path, 18.2.2.3 (Translate Property Path Expressions)
 */
export function path(reader: Reader): Algebra {
  const first = sequence(reader)
  if (reader.kind !== '|') return first
  const alternatives = [first]
  while (reader.take('|')) alternatives.push(sequence(reader))
  return flat('alt', alternatives)
}

function sequence(reader: Reader): Algebra {
  const first = step(reader)
  if (reader.kind !== '/') return first
  const steps = [first]
  while (reader.take('/')) steps.push(step(reader))
  return flat('seq', steps)
}

function step(reader: Reader): Algebra {
  if (reader.take('^')) return { type: 'inv', path: repeated(reader) }
  return repeated(reader)
}

function repeated(reader: Reader): Algebra {
  const once = primary(reader)
  const type = MODIFIERS[reader.kind]
  if (type === undefined) return once
  reader.next()
  return { type, path: once }
}

function primary(reader: Reader): Algebra {
  if (reader.take('!')) return negated(reader)
  if (!reader.take('(')) return { type: 'link', iri: reader.property() }
  return reader.within(')', () => path(reader))
}

/** One step by a property that is none of these. */
function negated(reader: Reader): Algebra {
  const [forward, backward]: [NamedNode[], NamedNode[]] = [[], []]
  const read = (): unknown => (reader.take('^') ? backward : forward).push(reader.property())
  if (reader.take('(')) {
    do read()
    while (reader.take('|'))
    reader.expect(')')
  } else read()
  const ahead = { type: 'nps', iris: forward }
  const back = { type: 'inv', path: { type: 'nps', iris: backward } }
  if (backward.length === 0) return ahead
  return forward.length === 0 ? back : flat('alt', [ahead, back])
}

/**
 * What a path from one node to another comes to: patterns for its single steps, and what has steps without number.
 *
 * @see SPARQL 1.1 Query Language, 18.2.2.4 (Translate Property Path Patterns)
 */
export function pathPatterns(reader: Reader, subject: Term, way: Algebra, object: Term): (Pattern | Algebra)[] {
  if (way.type === 'link') return [new Pattern(subject, way.iri as Term, object)]
  if (way.type === 'inv') return pathPatterns(reader, object, way.path as Algebra, subject)
  if (way.type !== 'seq') return [pathNode(subject, way, object)]
  const steps = way.input as readonly Algebra[]
  let from = subject
  return steps.flatMap((next, index) => {
    const to = index === steps.length - 1 ? object : reader.freshVariable()
    const found = pathPatterns(reader, from, next, to)
    from = to
    return found
  })
}
