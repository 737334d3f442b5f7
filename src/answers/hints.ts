import type { NamedNode, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { readTerms, type Term as VocabularyTerm } from '../ontology/terms.ts'
import { CORE_BASE } from '../project/core.ts'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { type Layer, layerIRI } from '../project/layer.ts'
import { sourceOf } from '../project/source.ts'
import { diagnose } from '../query/diagnosis.ts'
import type { Finding, Place } from '../query/finding.ts'
import { nearestIRIs, type Resemblance } from '../query/resemblance.ts'
import { expand } from '../rdf/prefixes.ts'
import { termText } from '../rdf/turtle.ts'
import { cmq, rdf, rdfs } from '../rdf/vocabulary.ts'
import type { Algebra } from '../sparql/algebra.ts'
import type { QuadLookup } from '../store/quad-lookup.ts'
import type { Note } from './answer.ts'
import { NO_ANSWER } from './notes.ts'

export interface HintOptions {
  /** What `lookup` has in its default graph; `stated` unless given. */
  readonly layer?: Layer | undefined
  /** The query as written: the prefixes that it declares shorten IRIs in the notes. */
  readonly text?: string | undefined
  /** Ends the search for reasons; those found until then are told. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Says why a query has no answer, and what to ask instead: by the nearest term, the alignments, a first guess, another layer or
 * graph.
 *
 * @param lookup what was asked
 * @param algebra of a query that gave no row, no triple, `false`, or a count of 0
 * @returns at most `MAX_REASONS` notes, coded as the findings are or `attributed` or `inferred-only`; then always `no-answer`
 */
export async function emptyAnswerNotes(
  graph: KnowledgeGraph,
  lookup: QuadLookup,
  algebra: Algebra,
  { layer = 'stated', text = '', signal }: HintOptions = {},
): Promise<Note[]> {
  const declared = [...text.matchAll(/\bPREFIX\s+([^\s:]*):\s*<([^>]*)>/gi)].map(([, prefix, namespace]) => [prefix, namespace])
  const prefixes = { ...graph.prefixes, ...Object.fromEntries(declared) }
  const vocabulary = readTerms(graph.store.getQuads(null, null, null, namedNode(`${CORE_BASE}ontology`)))
  const reader: Reader = { graph, layer, vocabulary, write: term => termText(term, prefixes) }
  const notes = (await diagnose(lookup, algebra, prefixes, signal)).map(finding => noteOn(reader, finding))
  const different = new Map(notes.map(note => [note.text, note]))
  return [...[...different.values()].slice(0, MAX_REASONS), NO_ANSWER]
}

const { namedNode } = DataFactory
const [MAX_REASONS, MAX_NAMES] = [5, 3]

/** What is known where notes are written. */
interface Reader {
  readonly graph: KnowledgeGraph
  readonly layer: Layer
  readonly vocabulary: readonly VocabularyTerm[]
  write(term: Term): string
}

type Found<Code extends Finding['code']> = Extract<Finding, { readonly code: Code }>

function noteOn(reader: Reader, finding: Finding): Note {
  const { code, pattern } = finding
  switch (finding.code) {
    case 'unknown-term':
      return unknownTermNote(reader, finding)
    case 'other-graph':
      return otherGraphNote(reader, finding)
    case 'similar-literal':
      return { code, text: `${resemblanceText(reader, finding.resemblance)}.` }
    case 'no-match': {
      const others = finding.others.map(({ place, terms }) => `as ${place} ${terms.map(reader.write).join(', ')}`)
      return { code, text: `\`${pattern}\` has no match${others.length === 0 ? '' : `; the data has ${others.join('; ')}`}.` }
    }
    case 'no-join':
      return { code, text: `${joinText(finding)}${domainText(reader, finding.terms)}.` }
    case 'filter':
    case 'minus':
      return { code, text: `\`${pattern}\` takes away every solution${exampleText(reader, finding)}.` }
    case 'cut-off':
      return { code, text: `There are solutions, but \`${pattern}\` leaves none of them.` }
  }
}

function unknownTermNote(reader: Reader, { code, term, place, graphs, near, pattern }: Found<'unknown-term'>): Note {
  const name = reader.write(term)
  const elsewhere = place === 'graph' ? undefined : statementsIn(reader, graphs)
  if (elsewhere !== undefined) return { code: elsewhere.code, text: `${name} in \`${pattern}\` ${elsewhere.text}.` }
  const own = reader.vocabulary.find(({ iri }) => iri === term.value)
  if (own?.kind === 'class' && place === 'predicate')
    return { code, text: `${name} is a class, no property: write \`?x a ${name}\`.` }
  if (own?.kind.endsWith('Property') && pattern.endsWith(` a ${name}`))
    return { code, text: `${name} is a property, no class: write \`?x ${name} ?y\`.` }
  if (own !== undefined) {
    // What is like it in the data and not of the ontology is a slip of whoever wrote the data, not of who asks.
    const slips = near.filter(({ value }) => reader.vocabulary.every(({ iri }) => iri !== value)).map(iri => reader.write(iri))
    const slip = slips.length === 0 ? '' : ` The data has ${slips.join(', ')}, which is no term: \`communique check\` says where.`
    return { code, text: `${name} is a term of the ontology, but nothing in the ${reader.layer} layer has it.${slip}` }
  }
  const instead = alternatives(reader, term, place, near)
  const called =
    place === 'subject' || place === 'object' ? thingsCalled(reader, term).filter(thing => !instead.includes(thing)) : []
  const advice = instead.length === 0 ? '.' : `; did you mean ${instead.join(' or ')}?`
  const things = called.length === 0 ? '' : ` Called so in the article: ${called.join(', ')}.`
  return { code, text: `${place === 'graph' ? `There is no graph ${name}` : `${name} is not in the data`}${advice}${things}` }
}

function otherGraphNote(reader: Reader, { code, graphs, pattern, predicate }: Found<'other-graph'>): Note {
  const inner = /^GRAPH \S+ \{ (.*) \}$/.exec(pattern)?.[1]
  const elsewhere = inner === undefined ? statementsIn(reader, graphs) : undefined
  if (elsewhere !== undefined) {
    const how = elsewhere.code === 'attributed' ? `: ask with \`GRAPH ?claim { ${pattern} }\`` : ''
    return { code: elsewhere.code, text: `\`${pattern}\` ${elsewhere.text}${how}.` }
  }
  const named = graphs.filter(({ termType }) => termType === 'NamedNode').slice(0, MAX_NAMES)
  const where = named.length === 0 ? 'the default graph' : named.map(reader.write).join(' and ')
  const how = named.length === 0 ? `\`${inner}\`` : `\`GRAPH ?other { ${inner ?? pattern} }\``
  const isOwn = reader.vocabulary.some(({ iri }) => iri === predicate.value)
  const instead = isOwn || predicate.termType !== 'NamedNode' ? [] : alternatives(reader, predicate, 'predicate', [])
  const advice = instead.length === 0 ? '.' : `; or did you mean ${instead.join(' or ')}?`
  return { code, text: `\`${pattern}\` has matches in ${where} only: ask with ${how}${advice}` }
}

/** What kind of statements some graphs hold, if they hold any: what somebody says, or what is inferred. */
function statementsIn({ graph, layer }: Reader, names: readonly Term[]): Note | undefined {
  const sources = names.map(name => sourceOf(graph, name))
  const claims = sources.filter(({ status }) => !['Source', 'PlainStatement', 'Inference'].includes(status))
  const speakers = new Set(claims.map(({ voice, status }) => `${voice} (${status})`))
  if (speakers.size > 0) return { code: 'attributed', text: `is not stated as a fact, but said by ${[...speakers].join(', ')}` }
  const isInferred = layer !== 'inferred' && names.some(name => name.equals(layerIRI(graph.baseIRI, 'inferred')))
  return isInferred ? { code: 'inferred-only', text: 'is inferred, not stated: ask with --layer inferred' } : undefined
}

/** What may be meant by a term that nothing has: like names, then terms of ours that stand for it; those in use come first. */
function alternatives(reader: Reader, term: NamedNode, place: Place, near: readonly NamedNode[]): string[] {
  const { graph, layer, vocabulary, write } = reader
  const ours = vocabulary.filter(({ kind }) => place === 'filter' || kind.endsWith('Property') === (place === 'predicate'))
  const names = ours.map(({ iri }) => namedNode(iri))
  const close = [...near, ...nearestIRIs(term, names)].map(({ value }) => value)
  const iris = [...new Set([...close, ...counterparts(graph, ours, term, place)])].filter(iri => iri !== term.value)
  const used = iris.filter(iri => isUsed(graph, iri, layer))
  const inferred = iris.filter(iri => !used.includes(iri) && isUsed(graph, iri, 'inferred'))
  const unused = iris.filter(iri => close.includes(iri) && !used.includes(iri) && !inferred.includes(iri))
  const shown = (iri: string): string => `${write(namedNode(iri))}${inferred.includes(iri) ? ' (with --layer inferred)' : ''}`
  return [...used, ...inferred, ...unused].slice(0, MAX_NAMES).map(shown)
}

/** Terms of ours for another's: below it by the alignments, of the same name or label, or a first guess. */
function counterparts(graph: KnowledgeGraph, ours: readonly VocabularyTerm[], term: NamedNode, place: Place): string[] {
  if (place === 'graph' || term.value.startsWith(`${graph.baseIRI}id/`)) return []
  const name = nameOf(term)
  const isNamed = (text: string): boolean => text.toLowerCase() === name.toLowerCase()
  const related = ours.filter(({ superTerms, name, label }) => superTerms.includes(term.value) || isNamed(name) || isNamed(label))
  const [, properties = [], classes = []] = FIRST_GUESSES.find(([words]) => words.test(name)) ?? []
  const guesses = [...(place === 'subject' || place === 'object' ? [] : properties), ...(place === 'predicate' ? [] : classes)]
  return [...related.map(({ iri }) => iri), ...guesses.map(guess => expand(guess, graph.prefixes))]
}

/** What somebody writes who knows other vocabularies, and our properties and classes for it; the alignments need no row. */
const FIRST_GUESSES: readonly (readonly [words: RegExp, properties: readonly string[], classes?: readonly string[]])[] = [
  [/name|label|title$/i, ['rdfs:label', 'cmq:nameAsWritten']],
  [/^(start|begin|date|time|when|point|P58[05]$)/i, ['cmq:statedBegin', 'cmq:earliestBegin']],
  [/^(end|until|P582$)/i, ['cmq:statedEnd', 'cmq:latestEnd']],
  [/locat|place|venue|where|city|^P276$/i, ['cmq:isHeldIn', 'cmq:isPlannedIn'], ['cmq:Place', 'cmq:City']],
  [/country|nation|^P17$/i, ['cmq:represents', 'cmq:isPostOfCountry', 'cmq:isHeldInCountry'], ['cmq:Country']],
  [/member|^P463$/i, ['cmq:isAdmittedTo', 'cmq:hasMember'], ['cmq:MembershipInOrganization']],
  [
    /president|leader|head|chair|minister|holds|role|post|position|job|office|^P39$/i,
    ['cmq:isCalledHolderOf', 'cmq:isElectedTo'],
    ['cmq:Post', 'cmq:Tenure'],
  ],
  [/elect/i, ['cmq:electsPerson', 'cmq:isElectedTo'], ['cmq:Election']],
  [/attend|particip|visit/i, ['cmq:attends', 'cmq:takesPartIn'], ['cmq:Group', 'cmq:Delegation']],
  [/about|topic|subject|theme|discuss/i, ['cmq:discusses', 'cmq:hasFocus'], ['cmq:Topic', 'cmq:Discussion']],
  [/speak|speech|said|says|quot/i, ['cmq:isSpokenBy', 'cmq:spokeAt'], ['cmq:Speech', 'cmq:Utterance']],
  [/meet|conference|congress|summit|assembly/i, ['cmq:metColleaguesFrom'], ['cmq:AssemblySession', 'cmq:MeetingSeries']],
  [/organi[sz]|company|agency/i, ['cmq:isConductedBy', 'cmq:isOrganOf'], ['cmq:Organization']],
  [/count|number|quantity|total|amount/i, ['cmq:countValue', 'cmq:memberCountAfter'], ['cmq:Count']],
  [/type$|instanceOf|^P31$/i, ['rdf:type']],
]

function isUsed({ store, baseIRI }: KnowledgeGraph, iri: string, layer: Layer): boolean {
  const [term, within] = [namedNode(iri), layerIRI(baseIRI, layer)]
  const places = [[term, null, null] as const, [null, term, null] as const, [null, null, term] as const]
  return places.some(([subject, predicate, object]) => store.countQuads(subject, predicate, object, within) > 0)
}

/** Things with all the words of a name in their label. */
function thingsCalled({ graph, layer, write }: Reader, term: NamedNode): string[] {
  const words =
    nameOf(term)
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu) ?? []
  const labels = words.length === 0 ? [] : graph.store.getQuads(null, rdfs.label, null, layerIRI(graph.baseIRI, layer))
  const called = labels.filter(({ object }) => words.every(word => object.value.toLowerCase().includes(word)))
  return called
    .sort((a, b) => a.object.value.length - b.object.value.length)
    .slice(0, MAX_NAMES)
    .map(({ subject }) => write(subject))
}

function nameOf({ value }: NamedNode): string {
  return value.replace(/^.*[/#:]/, '')
}

function joinText({ patterns, variables }: Found<'no-join'>): string {
  const texts = patterns.map(pattern => `\`${pattern}\``).join(' and ')
  const [first, ...others] = new Set(patterns.map(pattern => /^GRAPH (\?\S+) /.exec(pattern)?.[1]))
  if (first !== undefined && others.length === 0)
    return `${texts} match apart, but never in one graph: give each a GRAPH of its own`
  const shared = variables.map(name => `?${name}`).join(', ')
  return `${texts} match apart, but not together${shared === '' ? '' : ` on ${shared}`}`
}

/** Of what our properties are said, where a class is asked for in the same breath. */
function domainText({ vocabulary, write }: Reader, terms: readonly NamedNode[]): string {
  const asked = terms.some(term => term.equals(rdf.type)) ? terms.map(({ value }) => value) : []
  const ours = vocabulary.filter(({ iri, domain }) => domain.length > 0 && asked.includes(iri))
  const classes = (domain: readonly string[]): string => domain.map(iri => write(namedNode(iri))).join(' or ')
  return ours.map(({ iri, domain }) => `; ${write(namedNode(iri))} is said of a ${classes(domain)}`).join('')
}

function exampleText(reader: Reader, { example, resemblance }: Found<'filter' | 'minus'>): string {
  const values = [...example].slice(0, MAX_NAMES)
  // A variable that only the engine knows, of an aggregate, has no name to show.
  const shown = values.map(([name, value]) => `${/^var\d+$/.test(name) ? '' : `?${name} = `}${reader.write(value)}`).join(', ')
  const isYearless = values.some(([, value]) => value.termType === 'Literal' && value.datatype.value === expand('xsd:gMonthDay'))
  const year = isYearless ? `; the text names no year, but ${reader.write(cmq.earliestBegin)} has one with --layer inferred` : ''
  const such = shown === '' ? '' : `, such as ${shown}${year}`
  if (resemblance === undefined) return such
  const variable = `STR(?${[...example].find(([, value]) => value.equals(resemblance.found))?.[0]})`
  const how = resemblance.difference === 'spelling' ? `LCASE(${variable}) with lower-case letters` : variable
  return `${such}; ${resemblanceText(reader, resemblance)}: compare ${how}`
}

function resemblanceText({ write }: Reader, { wanted, found, difference }: Resemblance): string {
  const tag = wanted.language === '' ? 'no language tag' : `the language tag @${wanted.language}`
  const how = {
    language: `has ${tag} here`,
    datatype: `is of type ${write(wanted.datatype)} here`,
    spelling: 'is spelt differently here',
  }[difference]
  const datatype = difference === 'datatype' ? ` of type ${write(found.datatype)}` : ''
  return `${write(wanted)} ${how}; the data has ${write(found)}${datatype}`
}
