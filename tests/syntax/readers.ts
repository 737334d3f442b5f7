import { spawnSync } from 'node:child_process'
import type { Quad, Term } from '@rdfjs/types'
import jsonld from 'jsonld'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser } from 'n3'
import { parse as parseByOxigraph } from 'oxigraph'
import { PREFIXES } from '../../src/rdf/prefixes.ts'
import { syntaxOf } from '../../src/syntax/syntax.ts'

/** Reads a text to its end, strictly. */
export type Reader = (text: string) => Promise<Quad[]>

const noFetch = { documentLoader: (url: string): Promise<never> => Promise.reject(new Error(`no network: ${url}`)) }

/** Whether raptor is there, a parser in C; `npm test` needs nothing but Node. */
export const hasRaptor = spawnSync('rapper', ['--version']).status === 0

/** Which parsers read what was written again: for each syntax at least two that share no code. */
export const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  turtle: { n3: byN3('turtle'), oxigraph: byOxigraph('turtle'), ...byRaptor('turtle') },
  trig: { n3: byN3('trig'), oxigraph: byOxigraph('trig'), ...byRaptor('trig') },
  ntriples: { n3: byN3('ntriples'), oxigraph: byOxigraph('ntriples'), ...byRaptor('ntriples') },
  nquads: { n3: byN3('nquads'), oxigraph: byOxigraph('nquads'), ...byRaptor('nquads') },
  jsonld: { 'jsonld.js': byJsonLdJs, 'jsonld-streaming-parser': byStreamingParser, oxigraph: byOxigraph('jsonld') },
}

function byN3(syntax: string): Reader {
  return async text => new Parser({ format: syntaxOf(syntax).mediaType }).parse(text) as Quad[]
}

/** Its quads are told by their lines: to look at each part of each takes Oxigraph's WebAssembly minutes. */
function byOxigraph(syntax: string): Reader {
  return async text => {
    const quads = parseByOxigraph(text, { format: syntaxOf(syntax).mediaType })
    const lines = quads.map(quad => {
      const line = `${quad} .\n`
      ;(quad as unknown as { free(): void }).free()
      return line
    })
    return new Parser({ format: 'application/n-quads' }).parse(lines.join('')) as Quad[]
  }
}

/** A reader of RDF 1.1, if it is installed. */
function byRaptor(syntax: string): Record<string, Reader> {
  if (!hasRaptor) return {}
  const read: Reader = async text => {
    const options = { input: text, encoding: 'utf8', maxBuffer: 2 ** 30 } as const
    const { stdout, stderr, status } = spawnSync('rapper', ['-q', '-i', syntax, '-o', 'nquads', '-', 'urn:base'], options)
    if (status !== 0) throw new Error(stderr)
    return new Parser({ format: 'application/n-quads' }).parse(stdout) as Quad[]
  }
  return { raptor: read }
}

async function byJsonLdJs(text: string): Promise<Quad[]> {
  const nquads = await jsonld.toRDF(JSON.parse(text), { ...noFetch, format: 'application/n-quads' })
  return new Parser({ format: 'application/n-quads' }).parse(nquads) as Quad[]
}

function byStreamingParser(text: string): Promise<Quad[]> {
  return new Promise((resolve, reject) => {
    const parser = new JsonLdParser()
    const quads: Quad[] = []
    parser.on('data', quad => quads.push(quad))
    parser.on('error', reject)
    parser.on('end', () => resolve(quads))
    parser.end(text)
  })
}

/** Whether a parser knows nothing of what is written: raptor of RDF 1.2, and of graphs named by blank nodes. */
export function isBeyond(quads: readonly Quad[], reader: string, isOld: boolean): boolean {
  return reader === 'raptor' && (!isOld || quads.some(({ graph }) => graph.termType === 'BlankNode'))
}

/**
 * What parsers are known to read as something else, so that a round trip by them must fail until they are mended.
 *
 * jsonld-streaming-parser 5.0.1 puts the cells of a list in a named graph into the default graph; the standard has them in the graph
 * of the node (JSON-LD 1.1 API, 7.2, Node Map Generation). jsonld.js 9.0.0 rewrites a double that is given as a text: 1.0e0 as 1.0E0.
 * For raptor 2.0.15 a text ends before U+0000.
 */
export function isMisread(quads: readonly Quad[], reader: string, text: string): boolean {
  if (reader === 'raptor') return quads.some(({ object }) => object.value.includes('\0'))
  // Within a named graph our lines are indented by eight blanks or more.
  const isNamed = quads.some(({ graph }) => graph.termType !== 'DefaultGraph')
  if (reader === 'jsonld-streaming-parser') return isNamed && /^ {8,}.*"@list": \[(?!\])/m.test(text)
  const isRewritten = ({ object }: Quad): boolean =>
    object.termType === 'Literal' &&
    object.datatype.value === `${PREFIXES.xsd}double` &&
    Number(object.value)
      .toExponential(15)
      .replace(/(\d)0*e\+?/, '$1E') !== object.value
  return reader === 'jsonld.js' && quads.some(isRewritten)
}

/**
 * Whether two datasets of few blank nodes are the same, by trying every way to match these: slow, and without any algorithm that
 * could be wrong in the way of the writer's.
 */
export function isSameByTrying(one: readonly Quad[], other: readonly Quad[]): boolean {
  const [ours, theirs] = [blanksOf(one), blanksOf(other)]
  if (ours.length !== theirs.length) return false
  const target = linesOf(one, new Map(ours.map((label, index) => [label, `x${index}`])))
  // A blank node can only be matched to one of which the same is said, as far as names go.
  const look = (quads: readonly Quad[], label: string): string => {
    const hidden = new Map(blanksOf(quads).map(name => [name, name === label ? 'self' : 'other']))
    return linesOf(
      quads.filter(quad => blanksOf([quad]).includes(label)),
      hidden,
    )
  }
  const looks = ours.map(label => look(one, label))
  const candidates = theirs.map(label => looks.flatMap((text, index) => (text === look(other, label) ? [index] : [])))
  const labels = new Map<string, string>()
  const match = (at: number, taken: ReadonlySet<number>): boolean =>
    at === theirs.length
      ? linesOf(other, labels) === target
      : candidates[at]!.some(index => {
          labels.set(theirs[at]!, `x${index}`)
          return !taken.has(index) && match(at + 1, new Set([...taken, index]))
        })
  return match(0, new Set())
}

function linesOf(quads: readonly Quad[], labels: ReadonlyMap<string, string>): string {
  const text = (term: Term): string => {
    if (term.termType === 'Quad') return `<<${[term.subject, term.predicate, term.object].map(text).join(' ')}>>`
    if (term.termType === 'BlankNode') return `_:${labels.get(term.value)}`
    if (term.termType !== 'Literal') return `<${term.value}>`
    return `"${term.value}"@${term.language.toLowerCase()}--${term.direction ?? ''}^^${term.datatype.value}`
  }
  const lines = quads.map(({ subject, predicate, object, graph }) => [subject, predicate, object, graph].map(text).join(' '))
  return [...new Set(lines)].sort().join('\n')
}

function blanksOf(quads: readonly Quad[]): string[] {
  const labels = (term: Term): string[] =>
    term.termType === 'Quad' ? [term.subject, term.object].flatMap(labels) : term.termType === 'BlankNode' ? [term.value] : []
  return [...new Set(quads.flatMap(({ subject, object, graph }) => [subject, object, graph].flatMap(labels)))]
}
