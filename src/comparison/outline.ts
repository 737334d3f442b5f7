import { faultLine } from '../error.ts'
import type { Change } from './change.ts'
import { type Comparison, KINDS, type Kind } from './comparison.ts'

/** `~` changed, `=` the same under another number. */
export type Mark = '+' | '-' | '~' | '='

/** Differences of one kind, as people read them. */
export interface Section {
  readonly heading: string
  readonly items: readonly Item[]
  /** How many lines are left out. */
  readonly left: number
}

/** One thing that differs, with the lines that came and went. */
export interface Item {
  readonly mark: Mark
  /** A name that can be asked for, such as the id of a claim. */
  readonly name?: string | undefined
  readonly title: string
  /** The sentence that it rests on. */
  readonly sentence?: string | undefined
  readonly lines: readonly { readonly mark: Mark; readonly text: string }[]
}

/** The heading over each kind, and what is counted. */
const WORDS: Readonly<Record<Kind, readonly [heading: string, units: string]>> = {
  articles: ['Articles', 'sentences'],
  metadata: ['Dataset and documents', 'triples on dataset and documents'],
  claims: ['Claims', 'claims'],
  statements: ['Statements', 'statements'],
  questions: ['Questions', 'questions'],
  terms: ['Terms', 'triples on terms'],
  files: ['Rules, shapes, what must not be claimed', 'files of rules and shapes'],
  quads: ['RDF, by subject', 'quads'],
}

/** Whether two states are equal, in one line with how much was compared. */
export function verdict({ before, after, equal, parts }: Comparison): string {
  const counts = KINDS.flatMap(kind => {
    const [one, other] = parts[kind]?.compared ?? [0, 0]
    return one + other === 0 ? [] : [`${one === other ? one : `${one} and ${other}`} ${WORDS[kind][1]}`]
  })
  const asFar = before.faults.length + after.faults.length === 0 ? '' : ', as far as they could be read'
  return `${before.name} and ${after.name} ${equal ? 'are equal' : 'differ'}${asFar}; compared: ${counts.join(', ')}.`
}

/** What is wrong in the files of either side. */
export function faultLines({ before, after }: Comparison): string[] {
  return [before, after].flatMap(({ name, faults }) => faults.map(fault => `${name}: ${faultLine(fault)}`))
}

/**
 * A comparison in sections for people. A statement that came or went with one claim stands under this claim.
 *
 * @param limit most lines of a section
 */
export function outline({ parts }: Comparison, limit: number): Section[] {
  const causeOf = ({ becauseOf = [] }: Change): string | undefined => (becauseOf.length === 1 ? becauseOf[0] : undefined)
  const statements = parts.statements?.changes ?? []
  return KINDS.flatMap(kind => {
    const changes = parts[kind]?.changes ?? []
    const items = changes
      .filter(change => kind !== 'statements' || causeOf(change) === undefined)
      .map(change => itemOf(change, kind === 'claims' ? statements.filter(one => causeOf(one) === change.name) : []))
    const above = items.length < changes.length ? ', those of one claim above' : ''
    return changes.length === 0 ? [] : [cut(`${WORDS[kind][0]}: ${countText(changes)}${above}`, items, limit)]
  })
}

const MARKS: Readonly<Record<Change['change'], Mark>> = { added: '+', removed: '-', changed: '~', moved: '=' }

/** `1 added, 2 changed`. */
function countText(changes: readonly Change[]): string {
  const counts = Object.keys(MARKS).map(kind => [changes.filter(({ change }) => change === kind).length, kind] as const)
  return counts.flatMap(([count, kind]) => (count === 0 ? [] : [`${count} ${kind}`])).join(', ')
}

function itemOf(change: Change, statements: readonly Change[]): Item {
  const { name, formerly, title, sentence, graph, becauseOf, fields } = change
  const isWhole = change.change === 'added' || change.change === 'removed'
  const own = fields
    .filter(({ field }) => !isWhole || !SELF_EVIDENT.has(field))
    .flatMap(({ field, removed, added }) => [
      ...removed.map(text => ({ mark: '-' as Mark, text: `${field}: ${text}` })),
      ...added.map(text => ({ mark: '+' as Mark, text: `${field}: ${text}` })),
    ])
  const known = new Set(own.map(({ mark, text }) => mark + text))
  const consequences = statements
    .filter(one => !known.has(`${MARKS[one.change]}statement: ${one.title}`))
    .map(one => ({ mark: MARKS[one.change], text: `so ${one.graph}: ${one.title}` }))
  const because = becauseOf === undefined || becauseOf.length === 0 ? '' : `, with ${becauseOf.join(' and ')}`
  return {
    mark: MARKS[change.change],
    // The Turtle of a statement is no name to call it by.
    name: name === title || becauseOf !== undefined ? undefined : formerly === undefined ? name : `${name} (was ${formerly})`,
    title: graph === undefined ? title : `${title} (${graph}${because})`,
    sentence: sentence && change.change !== 'moved' ? `[${sentence.number}] ${sentence.text}` : undefined,
    lines: [...own, ...consequences],
  }
}

/** What need not be told of a thing that is new or gone. */
const SELF_EVIDENT: ReadonlySet<string> = new Set(['title', 'entered by', 'checked by', 'line'])

/** A section with as many lines as are wanted, the thing itself being one. */
function cut(heading: string, all: readonly Item[], limit: number): Section {
  const linesIn = (items: readonly Item[]): number => items.reduce((sum, { lines }) => sum + 1 + lines.length, 0)
  const items: Item[] = []
  let room = limit
  for (const item of all) {
    if (room-- <= 0) break
    items.push({ ...item, lines: item.lines.slice(0, room) })
    room -= items.at(-1)!.lines.length
  }
  return { heading, items, left: linesIn(all) - linesIn(items) }
}
