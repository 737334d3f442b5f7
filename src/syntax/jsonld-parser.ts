import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Quad } from '@rdfjs/types'
import type { JsonKeys, JsonLdParser } from '#rdf-parsers'
import { CommuniqueError } from '../error.ts'
import { CORE_BASE, packageRoot } from '../project/core.ts'
import { isUnlabelled } from './document-terms.ts'
import { type JsonPath, walkJson } from './json-walk.ts'
import { withListsInGraphs } from './list-graphs.ts'
import type { PieceParser, Reading } from './read.ts'

/** The context that ships with the package. */
const OWN_CONTEXT = `${CORE_BASE}context.jsonld`

/**
 * JSON-LD. The document is kept until it is whole: a context may stand at its end. Remote contexts are those that the reading
 * knows, and ours.
 *
 * @see JSON-LD 1.1 API, 7.1 (Deserialize JSON-LD to RDF Algorithm)
 */
export async function jsonldParser(reading: Reading): Promise<PieceParser> {
  const parsers = await import('#rdf-parsers')
  const pieces: string[] = []
  return {
    write: piece => void pieces.push(piece),
    end: async () => {
      const text = pieces.join('')
      walk(text, reading, () => undefined)
      const parser = new parsers.JsonLdParser({
        ...reading.jsonld,
        validateValueIndexes: true,
        baseIRI: reading.baseIRI,
        dataFactory: reading.terms,
        documentLoader: { load: iri => loadContext(iri, reading) },
      })
      const { jsonParser, parsingContext } = parser
      const { contextParser } = parsingContext
      // It would ask for http://schema.org/ at another place, and make a text of a long number.
      contextParser.redirectSchemaOrgHttps = false
      jsonParser.numberReviver = number => jsonParser.onToken(NUMBER_TOKEN, Number(number))
      const parseContext = contextParser.parse.bind(contextParser)
      contextParser.parse = async (...context) => {
        await reading.watch.breathe()
        return parseContext(...context)
      }
      let place: JsonPath = []
      const handle = parser.newOnValueJob.bind(parser)
      parser.newOnValueJob = async (keys, ...rest) => {
        const pause = reading.watch.breathe()
        if (pause !== undefined) await pause
        place = keys.slice(1) as JsonPath
        await handle(keys, ...rest)
      }
      parser.executeBufferedJobs = () => handleAll(parser)
      const quads: Quad[] = []
      parser.on('data', quad => quads.push(quad))
      parser.on('context', context => tellPrefixes(context, reading))
      const failure = await new Promise<unknown>((resolve, reject) => {
        parser.on('error', reject)
        parser.on('close', () => resolve(undefined))
        feed(parser, pieces, reading).catch(reject)
      }).catch(error => {
        reading.watch.check()
        return error instanceof CommuniqueError ? error : fault(error, text, place, reading)
      })
      withListsInGraphs(quads, isUnlabelled).forEach(reading.quad)
      if (failure !== undefined) throw failure
    },
  }
}

async function feed(parser: JsonLdParser, pieces: readonly string[], { watch }: Reading): Promise<void> {
  for (const piece of pieces) {
    await watch.breathe()
    await new Promise(resolve => parser.write(piece, resolve))
  }
  parser.end()
}

/**
 * Handles what was kept until all contexts are known: each value after the types of the nodes that it is in, which may bring
 * contexts. As the parser does, but that looks through all types for each value.
 */
async function handleAll(parser: JsonLdParser): Promise<void> {
  for (const jobs of parser.contextJobs) for (const job of jobs ?? []) await job()
  parser.parsingContext.unaliasedKeywordCacheStack.splice(0)
  const types = new Map<string, (() => Promise<void>)[]>()
  const others: (typeof parser.contextAwaitingJobs)[number][] = []
  const isType = async (keys: JsonKeys, depth: number): Promise<boolean> =>
    (await parser.util.unaliasKeyword(keys[depth], keys, depth, true)) === '@type'
  for (const waiting of parser.contextAwaitingJobs) {
    const { keys, depth, job } = waiting
    if ((await isType(keys, depth)) || (typeof keys[depth] === 'number' && (await isType(keys, depth - 1)))) {
      const node = JSON.stringify(keys.slice(0, -1)).slice(0, -1)
      types.set(node, [...(types.get(node) ?? []), job])
    } else others.push(waiting)
  }
  for (const { keys, job } of others) {
    let node = '['
    for (const [level, key] of keys.entries()) {
      node += `${level === 0 ? '' : ','}${JSON.stringify(key ?? null)}`
      for (const typeJob of types.get(node) ?? []) await typeJob()
      types.delete(node)
    }
    await job()
  }
}

/** What the parser within calls a number. */
const NUMBER_TOKEN = 0xb

function walk(text: string, { limits, text: kept, ...reading }: Reading, visit: (path: JsonPath, index: number) => void): void {
  walkJson(text, visit, limits.depth, (what, index) =>
    what === undefined
      ? reading.limit(`objects are nested deeper than ${limits.depth} levels`, kept.placeOf(index))
      : reading.fault('jsonld-syntax', what, kept.placeOf(index), 'see RFC 8259 (JSON)'),
  )
}

/** The place of an error is that of the value at which the parser was. */
function fault(error: Error, text: string, path: JsonPath, reading: Reading): CommuniqueError {
  let found = 0
  walk(text, reading, (at, index) => {
    if (at.length <= path.length && at.every((key, level) => key === path[level])) found = index
  })
  const place = reading.text.placeOf(found)
  const unknown = /^Failed to load remote context (\S+): unknown$/.exec(error.message)?.[1]
  if (unknown === undefined) return reading.fault('jsonld-syntax', error.message.slice(0, 200), place, 'see JSON-LD 1.1', error)
  const mend = `write the context into the document, or hand over a document for this IRI; only ${OWN_CONTEXT} is known by itself`
  return reading.fault('unknown-context', `the context ${unknown} is not known, and nothing is fetched`, place, mend, error)
}

async function loadContext(iri: string, { contexts }: Reading): Promise<unknown> {
  if (Object.hasOwn(contexts, iri)) return contexts[iri]
  if (iri !== OWN_CONTEXT) throw new Error('unknown')
  return JSON.parse(await readFile(join(packageRoot(), 'ontology', 'context.jsonld'), 'utf8'))
}

/** Terms that stand for the beginning of an IRI. */
function tellPrefixes(context: unknown, reading: Reading): void {
  if (Array.isArray(context)) for (const part of context) tellPrefixes(part, reading)
  else if (typeof context === 'object' && context !== null) {
    for (const [name, iri] of Object.entries(context))
      if (!name.startsWith('@') && typeof iri === 'string' && /^[a-z][\w+.-]*:.*[:/?#[\]@]$/i.test(iri)) reading.prefix(name, iri)
  }
}
