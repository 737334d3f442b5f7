import type { Term } from '@rdfjs/types'
import type { Answer, AnswerRow } from '../answers/answer.ts'
import { CommuniqueError } from '../error.ts'
import { type Prefixes, shorten } from '../rdf/prefixes.ts'
import { termText, writtenIRIs } from '../rdf/turtle.ts'
import { rdf } from '../rdf/vocabulary.ts'
import { citedIds } from './citation.ts'
import type { WriteOptions } from './format.ts'

/**
 * Triples as Turtle, a triple a line: by subject in the order of their first triple, types first. Only prefixes in use are
 * declared. With `cite` each line ends in a comment with the ids of what the triple rests on.
 *
 * @throws CommuniqueError `turtle-term` for a term that Turtle cannot carry, before anything is written
 * @see RDF 1.2 Turtle, 2 (Turtle Language)
 */
export function* writeTurtle({ rows, prefixes }: Answer, { cite }: WriteOptions = {}): Generator<string> {
  const groups = new Map<string, AnswerRow[]>()
  const used = new Set<string>()
  for (const row of rows) {
    const subject = turtleTerm(row.values.get('subject')!, {})
    const group = groups.get(subject)
    if (group === undefined) groups.set(subject, [row])
    else group.push(row)
    for (const name of isType(row) ? ['subject', 'object'] : ['subject', 'predicate', 'object'])
      for (const prefix of prefixesOf(row.values.get(name)!, prefixes)) used.add(prefix)
  }
  for (const prefix of [...used].sort()) yield `@prefix ${prefix}: <${prefixes[prefix]}> .\n`
  let gap = used.size > 0 ? '\n' : ''
  for (const group of groups.values()) {
    yield gap
    yield* groupLines(group, prefixes, cite === true)
    gap = '\n'
  }
}

/** The prefixes that a term is written with, which is looked at here. */
function prefixesOf(term: Term, prefixes: Prefixes): string[] {
  refuseStrangers(term)
  return writtenIRIs(term).flatMap(iri => {
    const name = shorten(iri, prefixes)
    return name === iri ? [] : [name.slice(0, name.indexOf(':'))]
  })
}

/** Whether a triple is written with `a`. */
function isType({ values }: AnswerRow): boolean {
  return values.get('predicate')!.equals(rdf.type)
}

/** The triples of one subject, types first. */
function* groupLines(group: readonly AnswerRow[], prefixes: Prefixes, isCited: boolean): Generator<string> {
  const rows = [...group.filter(isType), ...group.filter(row => !isType(row))]
  for (const [index, row] of rows.entries()) {
    const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(name => termText(row.values.get(name)!, prefixes))
    const verb = isType(row) ? 'a' : predicate
    const ids = isCited ? citedIds(row.sources).map(id => ` [${id.replace(/\s+/g, ' ')}]`) : []
    const comment = ids.length === 0 ? '' : ` #${ids.join('')}`
    yield `${index === 0 ? subject : ' '} ${verb} ${object} ${index === rows.length - 1 ? '.' : ';'}${comment}\n`
  }
}

/**
 * A term as Turtle writes it, or none.
 *
 * @throws CommuniqueError `turtle-term` for an IRI or a language tag with characters that would end it, such as a blank
 * @see RDF 1.2 Turtle, 6.5 (Grammar): IRIREF and LANG_DIR
 * @example turtleTerm(literal('5.50', namedNode('http://www.w3.org/2001/XMLSchema#decimal')), {}) // '5.50'
 */
export function turtleTerm(term: Term, prefixes: Prefixes): string {
  refuseStrangers(term)
  return termText(term, prefixes)
}

function refuseStrangers(term: Term): void {
  const iri = writtenIRIs(term).find(name => /[\0-\x20<>"{}|^`\\]/.test(name))
  if (iri !== undefined) throw notTurtle('IRI', iri)
  const tag = languagesIn(term).find(language => !/^[a-zA-Z]+(-[a-zA-Z0-9]+)*$/.test(language))
  if (tag !== undefined) throw notTurtle('language tag', tag)
}

function languagesIn(term: Term): string[] {
  if (term.termType === 'Quad') return [term.subject, term.predicate, term.object].flatMap(languagesIn)
  return term.termType === 'Literal' && term.language !== '' ? [term.language] : []
}

function notTurtle(kind: string, text: string): CommuniqueError {
  const what = `Turtle cannot carry the ${kind} ${JSON.stringify(text)}`
  return new CommuniqueError('turtle-term', { what, mend: 'use another format, such as json; or mend the query that makes it' })
}
