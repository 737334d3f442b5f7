import type { Term } from '@rdfjs/types'
import type { Answer } from '../answers/answer.ts'
import { CommuniqueError } from '../error.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { bindings } from './citation.ts'
import type { WriteOptions } from './format.ts'

/**
 * Solutions or yes and no as SPARQL Results XML, a solution a line.
 *
 * @throws CommuniqueError `xml-character`, when it comes to a value that XML cannot carry: the text before it is then no document
 * @see SPARQL 1.2 Query Results XML Format, 2 (Definition)
 */
export function* writeXml(answer: Answer, { cite }: WriteOptions = {}): Generator<string> {
  const { columns, rows } = bindings(answer, cite)
  const variables = columns.map(name => `<variable name="${xmlText(name)}"/>`)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
  if (answer.form === 'ASK') return yield `<head/>\n<boolean>${answer.rows.length > 0}</boolean>\n</sparql>\n`
  yield `<head>${variables.join('')}</head>\n<results>\n`
  for (const row of rows) {
    const parts = [...row].map(([name, term]) => `<binding name="${xmlText(name)}">${xmlTerm(term)}</binding>`)
    yield `<result>${parts.join('')}</result>\n`
  }
  yield '</results>\n</sparql>\n'
}

const ITS = 'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'

function xmlTerm(term: Term): string {
  if (term.termType === 'Quad') {
    const part = (name: 'subject' | 'predicate' | 'object'): string => `<${name}>${xmlTerm(term[name])}</${name}>`
    return `<triple>${part('subject')}${part('predicate')}${part('object')}</triple>`
  }
  const text = xmlText(term.value)
  if (term.termType === 'BlankNode') return `<bnode>${text}</bnode>`
  if (term.termType !== 'Literal') return `<uri>${text}</uri>`
  const { language, direction, datatype } = term
  if (direction) return `<literal ${ITS} xml:lang="${xmlText(language)}" its:dir="${direction}">${text}</literal>`
  if (language !== '') return `<literal xml:lang="${xmlText(language)}">${text}</literal>`
  if (datatype.equals(xsd.string)) return `<literal>${text}</literal>`
  return `<literal datatype="${xmlText(datatype.value)}">${text}</literal>`
}

/**
 * Text as XML carries it, between tags or quotation marks. White space that a reader of XML would change is escaped.
 *
 * @throws CommuniqueError `xml-character` for what XML has no way to write: most control characters, halves of a surrogate pair
 * @see XML 1.0 (Fifth Edition), 2.2 (Characters), 2.4, 2.11 and 3.3.3
 * @example xmlText('a < "b"') // 'a &lt; &quot;b&quot;'
 */
export function xmlText(text: string): string {
  const stranger = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text)
  if (stranger === null) return text.replace(/[&<>"\t\n\r]/g, found => ESCAPES[found]!)
  const code = stranger[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  throw new CommuniqueError('xml-character', {
    what: `XML cannot carry U+${code}, which stands in ${JSON.stringify(text.slice(Math.max(0, stranger.index - 20), stranger.index + 20))}`,
    mend: 'use another format, such as srj',
  })
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
