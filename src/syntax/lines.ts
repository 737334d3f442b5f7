import { turtleString } from '../rdf/turtle.ts'
import { BLANK, CLEAN, DEFAULT_GRAPH, type Encoding, IRI, SUFFIX, TRIPLE } from './encoding.ts'
import { compareKeys } from './key-order.ts'
import { codePointKey, type Keys, PREDICATE, ranked, SUBJECT, sorted } from './order.ts'

/**
 * N-Quads, or N-Triples where all is in the default graph, in canonical form: a line a quad, in the order of code points.
 *
 * @see RDF 1.2 N-Triples, 4 (A Canonical form of N-Triples); RDF 1.2 N-Quads, 4
 */
export function* lines(encoding: Encoding): Generator<string> {
  const { values, kinds, suffixes, quads, triples } = encoding
  const ends = suffixes.map(suffix => (suffix.startsWith('^') ? `^^<${suffix.slice(2)}>` : suffix))
  const textOf = (id: number): string => {
    const kind = kinds[id]!
    if (kind === IRI) return `<${values[id]!}>`
    if (kind === BLANK) return `_:${values[id]!}`
    if (kind === TRIPLE) return `<<( ${triples.get(id)!.map(textOf).join(' ')} )>>`
    if (kind === DEFAULT_GRAPH) return ''
    const end = values[id]!.length - suffixes[kind >>> SUFFIX]!.length
    const string = (kind & CLEAN) !== 0 ? values[id]!.slice(0, end) : turtleString(values[id]!.slice(1, end - 1))
    return string + ends[kind >>> SUFFIX]!
  }
  // An IRI ends with `>`, the label of a blank node before a space; those come last.
  const keys: Keys = {
    keyOf: id => codePointKey(kinds[id] === BLANK ? `${values[id]!} ` : values[id]!),
    numberOf: id => kinds[id]!,
    end: '>',
  }
  const predicates = ranked(encoding, PREDICATE, keys)
  const order = sorted(encoding, {
    graphs: undefined,
    subjects: ranked(encoding, SUBJECT, keys),
    predicates,
    compareObjects: (one, other) => (one === other ? 0 : compareKeys(codePointKey(textOf(one)), codePointKey(textOf(other)))),
  })
  // Of predicates, which are few and stand in many lines, the text is kept; so it is of the last subject and graph.
  const verbs = Array.from({ length: predicates.count }, () => '')
  let [piece, lead, end] = ['', '', '']
  let [subject, graph] = [-1, -1]
  for (let index = 0; index < order.length; index++) {
    const at = order[index]! * 4
    const rank = predicates.ranks[quads[at + 1]!]!
    if (verbs[rank] === '') verbs[rank] = ` ${textOf(quads[at + 1]!)} `
    if (subject !== quads[at]) {
      subject = quads[at]!
      lead = textOf(subject)
    }
    if (graph !== quads[at + 3]) {
      graph = quads[at + 3]!
      end = kinds[graph] === DEFAULT_GRAPH ? ' .\n' : ` ${textOf(graph)} .\n`
    }
    piece += lead + verbs[rank]! + textOf(quads[at + 2]!) + end
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** Characters of a piece of text: enough for few writes, little to hold. */
export const PIECE = 1 << 16
