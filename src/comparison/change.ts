import type { Quad, Term } from '@rdfjs/types'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf, statementWords } from '../project/thing.ts'
import { termKey, tripleKey } from '../rdf/term.ts'
import { termText, tripleText } from '../rdf/turtle.ts'

/** One thing that differs between two states. */
export interface Change {
  /** `moved` is a claim that is the same under another number. */
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  /** Id of a claim, name of a document, question or rule, path of a file; Turtle of a statement or a subject. */
  readonly name: string
  /** Id of the claim before, where that is another. */
  readonly formerly?: string | undefined
  /** What a person calls it. */
  readonly title: string
  /** The whole sentence that a claim rests on. */
  readonly sentence?: { readonly number: number; readonly text: string } | undefined
  /** Of a statement its layer; of a subject in RDF its graph, none for the default graph. */
  readonly graph?: string | undefined
  /** Of a statement: the changed claims it rests on, by their names. */
  readonly becauseOf?: readonly string[] | undefined
  readonly fields: readonly { readonly field: string; readonly removed: readonly string[]; readonly added: readonly string[] }[]
}

/** A value: by what it is compared, in what words it is told, and by which name where words do not tell it from another. */
export interface Value {
  readonly key: string
  readonly words: string
  readonly name?: string | undefined
}

/** Values by the name of their field. */
export type Fields = ReadonlyMap<string, readonly Value[]>

/**
 * What some values have more than others, each as often as it has it more.
 *
 * @param keyOf one text for equal values
 * @example surplus(['a', 'a', 'b'], ['a']) // ['a', 'b']
 */
export function surplus<T>(values: readonly T[], others: readonly T[], keyOf: (value: T) => string = String): T[] {
  const left = new Map<string, number>()
  for (const key of others.map(keyOf)) left.set(key, (left.get(key) ?? 0) + 1)
  return values.filter(value => {
    const count = left.get(keyOf(value)) ?? 0
    left.set(keyOf(value), count - 1)
    return count <= 0
  })
}

/**
 * The change of a thing from its fields on both sides; undefined where nothing differs.
 *
 * @param before undefined for what is new, as `after` for what is gone
 * @param isSame whether there is nothing besides the fields that may differ, such as the order of lines
 */
export function changeOf(
  named: Omit<Change, 'change' | 'fields'>,
  before: Fields | undefined,
  after: Fields | undefined,
  isSame = true,
): Change | undefined {
  const fields = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap(field => {
    const [old, fresh] = [before?.get(field) ?? [], after?.get(field) ?? []]
    const [gone, come] = [surplus(old, fresh, keyOf), surplus(fresh, old, keyOf)]
    return gone.length + come.length === 0 ? [] : [{ field, removed: gone.map(told(come)), added: come.map(told(gone)) }]
  })
  if (before === undefined || after === undefined) return { change: before === undefined ? 'added' : 'removed', ...named, fields }
  return fields.length === 0 && isSame ? undefined : { change: 'changed', ...named, fields }
}

function keyOf({ key }: Value): string {
  return key
}

/** A value in words that tell it from those of the other side: else by its name, with its white space visible. */
export function told(others: readonly Value[]): (value: Value) => string {
  const known = new Set(others.map(({ words }) => onOneLine(words)))
  return ({ words, name = words }) => (known.has(onOneLine(words)) ? name.replace(/\s(?=\s)|[^\S ]/g, shownSpace) : words)
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function shownSpace(space: string): string {
  return space === ' ' ? '␠' : space === '\n' ? '↵' : `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Things of both sides by their keys: those of the first in their order, then what only the second has. */
export function pairs<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): (readonly [key: string, before: T | undefined, after: T | undefined])[] {
  return [...new Set([...before.keys(), ...after.keys()])].map(key => [key, before.get(key), after.get(key)])
}

/** Things by their names. */
export function byName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map(thing => [thing.name, thing]))
}

/** Words as values, for what is its own name. */
export function textValues(...texts: readonly (string | undefined)[]): Value[] {
  return texts.flatMap(text => (text === undefined ? [] : [{ key: text, words: text }]))
}

/** The lines of a text that say anything. */
export function lineValues(text: string): Value[] {
  return textValues(...text.split(/\r?\n/).filter(line => line.trim() !== ''))
}

/** A term by its label; a literal as Turtle writes it. */
export function termValue(graph: KnowledgeGraph, term: Term): Value {
  const name = termText(term, graph.prefixes)
  return { key: termKey(term), words: term.termType === 'NamedNode' ? labelOf(graph, term) : name, name }
}

/** A statement as a sentence of labels. */
export function tripleValue(graph: KnowledgeGraph, triple: Quad): Value {
  return { key: tripleKey(triple), words: statementWords(graph, triple), name: tripleText(triple, graph.prefixes) }
}
