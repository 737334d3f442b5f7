import type { Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf } from '../project/thing.ts'
import { expand } from '../rdf/prefixes.ts'
import { termKey } from '../rdf/term.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs, skos, xsd } from '../rdf/vocabulary.ts'
import { verbOf } from '../results/thing.ts'
import type { Arrow, Box, Drawing, Kind, Manner } from './drawing.ts'
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
  const label = (term: Term): string => wordsOf(graph, term)
  const shown = [...facts].sort(inTextOrder).filter(({ triple }) => !isNameOf(graph, triple))
  const bundles = new Map<string, Fact[]>()
  for (const fact of shown) bundles.set(bundleKey(fact), [...(bundles.get(bundleKey(fact)) ?? []), fact])
  const boxes = new Map<string, Box>()
  const arrows: Arrow[] = []
  const boxOf = (term: Term): string => {
    const id = termKey(term).replace(/^\w+ /, '')
    if (!boxes.has(id)) boxes.set(id, thingBox(graph, term, focus))
    return id
  }
  const change = (id: string, more: Partial<Box>): void => void boxes.set(id, { ...boxes.get(id)!, ...more })
  if (focus !== undefined) boxOf(focus)
  for (const fact of shown) {
    const { triple, manner, voice, mark, quotes } = fact
    const { subject, predicate, object } = triple
    const from = boxOf(subject)
    const verb = verbOf(graph, predicate)
    const arrow = { from, mark, manner, voice, tooltip: `${mark} ${quotes.map(quote => `“${quote}”`).join(' ')}`.trim() }
    if (isThing(graph, object)) {
      const bundle = bundles.get(bundleKey(fact))!
      if (bundle.length < LEAST_BUNDLE) arrows.push({ ...arrow, to: boxOf(object), label: verb })
      else if (bundle[0] === fact) {
        const to = `${from} ${predicate.value} ${mark} ${voice ?? ''}`
        const labels = bundle.map(one => label(one.triple.object))
        boxes.set(to, {
          ...thingBox(graph, object),
          id: to,
          label: labels.join(' · '),
          url: undefined,
          tooltip: labels.join(', '),
        })
        arrows.push({ ...arrow, to, label: `${verb} (${bundle.length})` })
      }
    } else {
      const value = manner === 'attributed' ? `“${label(object)}”` : label(object)
      const text = `${verb}: ${value}${manner === 'inferred' ? ' (inferred)' : ''}`
      change(from, { lines: [...(boxes.get(from)!.lines ?? []), { text, mark, voice }] })
    }
  }
  for (const [id, { lines = [] }] of boxes) {
    const voices = [...lines, ...arrows.filter(({ from, to }) => from === id || to === id)].map(({ voice }) => voice)
    if (voices.length > 0 && !voices.includes(undefined)) change(id, { manner: 'attributed' })
  }
  const manners = new Set(shown.map(({ manner }) => manner))
  return { title, description: sentences(graph, shown), legend: legendOf(manners), boxes: [...boxes.values()], arrows }
}

const LEAST_BUNDLE = 3

function bundleKey({ triple, manner, voice, mark }: Fact): string {
  return JSON.stringify([termKey(triple.subject), triple.predicate.value, manner, voice, mark])
}

function inTextOrder(one: Fact, other: Fact): number {
  const [a, b] = [one, other].map(({ triple: { subject, predicate, object } }) =>
    [subject, predicate, object].map(termKey).join('\n'),
  )
  const documents = one.place[0] === other.place[0] ? 0 : one.place[0] < other.place[0] ? -1 : 1
  return documents || one.place[1] - other.place[1] || (a! < b! ? -1 : a! > b! ? 1 : 0)
}

/** Whether a triple only says what its box is called anyway. */
function isNameOf(graph: KnowledgeGraph, { subject, predicate, object }: Fact['triple']): boolean {
  return NAMES.some(name => predicate.equals(name)) && object.value === wordsOf(graph, subject)
}

const NAMES = [rdfs.label, skos.prefLabel, cmq.nameAsWritten]

/** Whether a term has a box: not a value, nor a word of a vocabulary. */
function isThing({ store }: KnowledgeGraph, term: Term): boolean {
  if (term.termType !== 'NamedNode') return term.termType !== 'Literal'
  return (
    store.countQuads(term, IN_SCHEME, null, null) === 0 && !CLASSES.some(type => store.countQuads(term, rdf.type, type, null) > 0)
  )
}

const IN_SCHEME = DataFactory.namedNode(expand('skos:inScheme'))
const CLASSES = ['owl:Class', 'rdfs:Class'].map(name => DataFactory.namedNode(expand(name)))

function thingBox(graph: KnowledgeGraph, term: Term, focus?: Term): Box {
  const url = term.termType === 'NamedNode' ? term.value : undefined
  const types = url === undefined ? [] : graph.store.getObjects(term, rdf.type, null)
  const kind = KINDS.find(([type]) => types.some(one => one.equals(type)))?.[1] ?? (types.length > 0 ? 'matter' : 'other')
  const id = termKey(term).replace(/^\w+ /, '')
  return { id, label: wordsOf(graph, term), kind, url, ...(focus?.equals(term) ? { isFocus: true } : {}) }
}

/** The first that fits; what has another type lasts or is counted. */
const KINDS: readonly (readonly [Term, Kind])[] = [
  [cmq.Agent, 'actor'],
  [cmq.Place, 'actor'],
  [cmq.Event, 'event'],
  [cmq.Utterance, 'event'],
  [cmq.Communique, 'text'],
  [cmq.Passage, 'text'],
  [cmq.Statement, 'text'],
]

/** What a person reads for a term: its label; of a recurring day `23 November`. */
function wordsOf(graph: KnowledgeGraph, term: Term): string {
  if (term.termType === 'BlankNode' || term.termType === 'Quad') return termText(term, graph.prefixes)
  const day = term.termType === 'Literal' && term.datatype.equals(GMONTHDAY) && /^--(\d\d)-(\d\d)$/.exec(term.value)
  if (day) return `${Number(day[2])} ${MONTHS[Number(day[1]) - 1]}`
  // What only a speaker names has no label, but the speaker's words.
  const [named] =
    graph.store.countQuads(term, rdfs.label, null, null) > 0 ? [] : graph.store.getObjects(term, cmq.nameAsWritten, null)
  return named?.value ?? labelOf(graph, term)
}

const GMONTHDAY = DataFactory.namedNode(`${xsd.string.value.slice(0, -'string'.length)}gMonthDay`)
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** The facts for those who do not see the picture. */
function sentences(graph: KnowledgeGraph, facts: readonly Fact[]): string {
  return facts
    .map(({ triple: { subject, predicate, object }, manner, voice, mark }) => {
      const words = [wordsOf(graph, subject), verbOf(graph, predicate), wordsOf(graph, object)].join(' – ')
      return `${words} ${mark}${voice === undefined ? '' : `, says ${voice}`}${manner === 'inferred' ? ', inferred' : ''}.`
    })
    .join(' ')
}

function legendOf(manners: ReadonlySet<Manner>): string {
  const dashed = manners.has('attributed') ? ' · dashed: a speaker says so, or the author judges' : ''
  return `[n] the sentence that says so${dashed}${manners.has('inferred') ? ' · dotted: inferred' : ''}`
}
