import { CommuniqueError, type Where } from '../error.ts'
import type { PieceParser, Reading } from './read.ts'

/** Internal entities stand for IRIs and plain words: so many of them, so long, and none within another. */
const MOST_ENTITIES = 100
const LONGEST_ENTITY = 1000

/** One declaration of a document type, or a comment. */
const DECLARATION = /\s+|<!--.*?-->|<!ENTITY\s+([\p{L}_][\p{L}\p{N}._-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>/suy

/**
 * RDF/XML. Of document types only internal entities are read, as Protégé writes them. What ends before its root element does
 * is refused.
 *
 * @see RDF 1.2 XML Syntax; XML 1.0, 4.2 (Entity Declarations)
 */
export async function rdfxmlParser(reading: Reading): Promise<PieceParser> {
  const { RdfXmlParser } = await import('#rdf-parsers')
  const { limits, watch } = reading
  const parser = new RdfXmlParser({ baseIRI: reading.baseIRI, dataFactory: reading.terms })
  const sax = parser.saxParser
  // Its own table has what every object has: "&constructor;".
  sax.ENTITIES = Object.assign(Object.create(null), { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" })
  let expanded = 0
  const place = (): Where => ({ line: sax.line, column: sax.columnIndex + 1 })
  parser.push = quad => {
    if (quad) reading.quad(quad)
    expanded = 0
    return true
  }
  sax.on('error', error => {
    throw error
  })
  sax.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^(utf-8|us-ascii)$/i.test(encoding)) throw new Error(`the encoding ${encoding} is not read.`)
  })
  sax.on('opentag', tag => {
    watch.check()
    if (parser.activeTagStack.length >= limits.depth)
      throw reading.limit(`elements are nested deeper than ${limits.depth} levels`, place())
    for (const [prefix, iri] of Object.entries(tag.ns)) reading.prefix(prefix, iri)
    if (parser.activeTagStack.at(-1)?.childrenStringTags)
      for (const attribute of Object.values(tag.attributes)) attribute.value = escaped(attribute.value).replaceAll('"', '&quot;')
    parser.onTag(tag)
  })
  // Of text in several parts the parser would keep the last, and in XML literals it would write what marks up as it is meant.
  const onText = (text: string): void => {
    const tag = parser.activeTagStack.at(-1)
    parser.onText(tag?.childrenStringTags ? escaped(text) : (tag?.text ?? '') + text)
  }
  sax.on('text', onText)
  sax.on('cdata', onText)
  sax.on('doctype', doctype => {
    for (const [name, value] of declaredEntities(doctype, refuseEntity)) {
      const get = (): string => {
        expanded += value.length
        if (expanded > limits.statement) throw reading.limit('entities stand for more text than is allowed', place())
        return value
      }
      Object.defineProperty(sax.ENTITIES, name, { get })
    }
  })
  const refuseEntity = (what: string): never => {
    throw reading.fault('xml-entity', what, place(), 'write what the entity stands for, and leave out the document type')
  }
  const run = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      watch.check()
      if (error instanceof CommuniqueError) throw error
      const what = (error as Error).message.replace(/^\d+:\d+: |\.$/g, '')
      throw reading.fault('rdfxml-syntax', what, place(), 'see RDF 1.2 XML Syntax; is the document whole?', error)
    }
  }
  return { write: piece => run(() => sax.write(piece)), end: () => run(() => sax.close()) }
}

/** @see Canonical XML, 2.3 (Processing Model): text nodes */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;')
}

/** What the entities of a document type stand for, by their names; the first declaration of a name holds. */
function declaredEntities(doctype: string, refuse: (what: string) => never): Map<string, string> {
  const entities = new Map<string, string>()
  const [, subset = ''] = /^\s*[^\s[]+\s*(?:\[(.*)\]\s*)?$/s.exec(doctype) ?? refuse('the document type is external')
  for (DECLARATION.lastIndex = 0; DECLARATION.lastIndex < subset.length; ) {
    const at = DECLARATION.lastIndex
    const found = DECLARATION.exec(subset)
    if (found === null) refuse(`the document type has other things than internal entities: ${subset.slice(at, at + 40).trim()}`)
    const [, name, double, value = double] = found!
    if (name === undefined || value === undefined) continue
    if (/[&%<]/.test(value)) refuse(`the entity "${name}" has another entity or markup within it`)
    if (value.length > LONGEST_ENTITY) refuse(`the entity "${name}" is longer than ${LONGEST_ENTITY} characters`)
    if (!entities.has(name)) entities.set(name, value)
    if (entities.size > MOST_ENTITIES) refuse(`there are more than ${MOST_ENTITIES} entities`)
  }
  return entities
}
