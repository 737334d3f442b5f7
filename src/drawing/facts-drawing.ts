import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf, verbOf } from '../project/thing.ts'
import { expand } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs, skos } from '../rdf/vocabulary.ts'
import type { Arrow, Box, Drawing, Kind } from './drawing.ts'
import type { Fact } from './fact.ts'

/**
 * Facts as a picture: things are boxes, statements between them are arrows that read like sentences, each with the number of its
 * sentence. Values stand in small type in the box of their thing. What a speaker says, or the author judges, is dashed
 * with who says so. Three or more things tied alike by one sentence share a box.
 *
 * @param facts in any order: the same facts give the same picture
 * @param focus the thing that the picture is about
 */
export function factsDrawing(graph: KnowledgeGraph, facts: readonly Fact[], title: string, focus?: Term): Drawing {
  const words = (term: Term): string => wordsOf(graph, term)
  const shown = [...facts].sort(inTextOrder).filter(({ triple }) => !isNameOf(graph, triple))
  const alike = new Map<string, Fact[]>()
  for (const fact of shown) {
    const key = bundleKey(fact, isThing(graph, fact.triple))
    alike.set(key, [...(alike.get(key) ?? []), fact])
  }
  const boxes = new Map<string, Box>()
  const arrows: Arrow[] = []
  const boxOf = (term: Term, box = thingBox(graph, term)): string => {
    if (!boxes.has(box.id)) boxes.set(box.id, focus?.equals(term) ? { ...box, isFocus: true } : box)
    return box.id
  }
  if (focus !== undefined) boxOf(focus)
  for (const [key, bundle] of alike) {
    const [{ triple, manner, voice, mark, quotes }] = bundle as [Fact]
    const from = boxOf(triple.subject)
    const verb = verbOf(graph, triple.predicate)
    const arrow = { from, mark, manner, voice, tooltip: [mark, ...quotes.map(quote => `“${quote}”`)].join(' ') }
    const values = bundle.map(({ triple: { object } }) => (voice === undefined ? words(object) : `“${words(object)}”`))
    if (!isThing(graph, triple)) {
      const line = { text: `${verb}: ${values.join(', ')}${manner === 'inferred' ? ' (inferred)' : ''}`, mark, voice }
      boxes.set(from, { ...boxes.get(from)!, lines: [...(boxes.get(from)!.lines ?? []), line] })
    } else if (bundle.length < LEAST_BUNDLE)
      arrows.push(...bundle.map(one => ({ ...arrow, to: boxOf(one.triple.object), label: verb })))
    else {
      const label = bundle.map(one => words(one.triple.object)).join(' · ')
      const to = boxOf(triple.object, { id: key, label, kind: thingBox(graph, triple.object).kind })
      arrows.push({ ...arrow, to, label: `${verb} (${bundle.length})` })
    }
  }
  const manners = shown.map(({ manner }) => manner)
  const dashed = manners.includes('attributed') ? ' · dashed: a speaker says so, or the author judges' : ''
  return {
    title,
    description: shown.map(fact => sentence(graph, fact)).join(' '),
    legend: `[n] the sentence that says so${dashed}${manners.includes('inferred') ? ' · dotted: inferred' : ''}`,
    boxes: [...boxes.values()].map(box => (isOnlySaid(box, arrows) ? { ...box, manner: 'attributed' } : box)),
    arrows,
  }
}

const LEAST_BUNDLE = 3

function bundleKey({ triple, manner, voice, mark }: Fact, isThing: boolean): string {
  return JSON.stringify([termKey(triple.subject), triple.predicate.value, manner, voice, mark, isThing])
}

function inTextOrder(one: Fact, other: Fact): number {
  const key = ({ place: [document], triple: { subject, predicate, object } }: Fact): string[] => [
    document,
    ...[subject, predicate, object].map(termKey),
  ]
  const [[document, ...a], [otherDocument, ...b]] = [key(one), key(other)]
  const compared = (x = '', y = ''): number => (x < y ? -1 : x > y ? 1 : 0)
  return compared(document, otherDocument) || one.place[1] - other.place[1] || compared(a.join('\n'), b.join('\n'))
}

/** Whether a triple only says what its box is called anyway. */
function isNameOf(graph: KnowledgeGraph, { subject, predicate, object }: Fact['triple']): boolean {
  return (
    [rdfs.label, skos.prefLabel, cmq.nameAsWritten].some(name => predicate.equals(name)) &&
    object.value === wordsOf(graph, subject)
  )
}

/** Whether the object of a triple has a box: it is no value, class, nor word of a vocabulary. */
function isThing({ store }: KnowledgeGraph, { predicate, object }: Fact['triple']): boolean {
  if (object.termType === 'Literal' || predicate.equals(rdf.type)) return false
  return store.countQuads(object, DataFactory.namedNode(expand('skos:inScheme')), null, null) === 0
}

/** Whether all that a picture says of a box is somebody's words. */
function isOnlySaid({ id, lines = [] }: Box, arrows: readonly Arrow[]): boolean {
  const voices = [...lines, ...arrows.filter(({ from, to }) => from === id || to === id)].map(({ voice }) => voice)
  return voices.length > 0 && !voices.includes(undefined)
}

function thingBox(graph: KnowledgeGraph, term: Term): Box {
  const types = graph.store.getObjects(term, rdf.type, null)
  const kind = KINDS.find(([type]) => types.some(one => one.equals(type)))?.[1] ?? (types.length > 0 ? 'matter' : 'other')
  return {
    id: termText(term, graph.prefixes),
    label: wordsOf(graph, term),
    kind,
    ...(term.termType === 'NamedNode' ? { url: term.value } : {}),
  }
}

/** The first that fits; what has another type lasts or is counted. */
const KINDS: readonly (readonly [Term, Kind])[] = [
  ...([cmq.Agent, cmq.Place] as const).map(type => [type, 'actor'] as const),
  ...([cmq.Event, cmq.Utterance] as const).map(type => [type, 'event'] as const),
  ...([cmq.Communique, cmq.Passage, cmq.Statement] as const).map(type => [type, 'text'] as const),
]

/** What a person reads for a term: its label, else the words of whoever names it; of a recurring day `23 November`. */
function wordsOf(graph: KnowledgeGraph, term: Term): string {
  if (term.termType === 'BlankNode' || term.termType === 'Quad') return termText(term, graph.prefixes)
  if (term.termType === 'Literal') {
    const [, month, day] = (term.datatype.value === expand('xsd:gMonthDay') && /^--(\d\d)-(\d\d)$/.exec(term.value)) || []
    return month === undefined ? term.value : `${Number(day)} ${MONTHS[Number(month) - 1]}`
  }
  const [name] = [rdfs.label, cmq.nameAsWritten].flatMap(property => graph.store.getObjects(term, property, null))
  return name?.value ?? labelOf(graph, term)
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A fact for those who do not see the picture. */
function sentence(graph: KnowledgeGraph, { triple: { subject, predicate, object }, manner, voice, mark }: Fact): string {
  const words = [wordsOf(graph, subject), verbOf(graph, predicate), wordsOf(graph, object)].join(' – ')
  return `${words} ${mark}${voice === undefined ? '' : `, says ${voice}`}${manner === 'inferred' ? ', inferred' : ''}.`
}
