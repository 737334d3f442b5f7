/**
 * A shop that is not there, in the spirit of BSBM, WatDiv and SP2Bench: products, their types in a tree, features and producers;
 * vendors with offers, and what each says in a named graph of its own; persons who follow each other, like products and review them,
 * and reply to reviews. Much is said of few: popularity is skewed, and following goes in circles. The same bytes each time.
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

export const BASE = 'https://example.org/bench/'
const PREFIXES = {
  '': BASE,
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}
const RDF_TYPE = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'

/** What stands before each query. */
export const PROLOGUE = Object.entries(PREFIXES)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('')

const COUNTRIES = ['AR', 'BR', 'CN', 'DE', 'FR', 'IN', 'JP', 'KR', 'TR', 'US']
const SYLLABLES = ['ba', 'co', 'du', 'fe', 'gi', 'ka', 'lo', 'mu', 'ne', 'pi', 'ra', 'so', 'tu', 've', 'zi', 'quo']

/**
 * Things with what is said of them, in Turtle's words.
 *
 * @param products how many; all else follows from it. 33 triples each, and some 300 for the types
 * @yields {{ subject: string, pairs: [string, string][], graph?: string }}
 */
function* things(products) {
  const random = mulberry32(20_261_129)
  const any = count => Math.floor(random() * count)
  // The first are the popular ones: half of all choices fall on an eighth.
  const popular = count => Math.floor(count * random() ** 3)
  const word = () => SYLLABLES[any(16)] + SYLLABLES[any(16)]
  const text = words => Array.from({ length: words }, word).join(' ')
  const date = () => `"202${any(6)}-${String(1 + any(12)).padStart(2, '0')}-${String(1 + any(28)).padStart(2, '0')}"^^xsd:date`
  const atLeast = (count, least) => Math.max(least, Math.round(count))

  const types = atLeast(4 * Math.sqrt(products), 12)
  const features = atLeast(3 * Math.sqrt(products), 10)
  const producers = atLeast(products / 30, 3)
  const vendors = atLeast(products / 60, 3)
  const persons = atLeast(products / 3, 8)

  for (let index = 0; index < types; index++) {
    const parent = index === 0 ? [] : [['rdfs:subClassOf', `:type${(index - 1) >> 2}`]]
    yield { subject: `:type${index}`, pairs: [['a', ':ProductType'], ['rdfs:label', `"${word()}"@en`], ...parent] }
  }
  for (let index = 0; index < features; index++)
    yield {
      subject: `:feature${index}`,
      pairs: [
        ['a', ':Feature'],
        ['rdfs:label', `"${word()} ${index}"@en`],
      ],
    }
  for (let index = 0; index < producers; index++)
    yield {
      subject: `:producer${index}`,
      pairs: [
        ['a', ':Producer'],
        ['rdfs:label', `"${text(2)}"`],
        [':country', `:${COUNTRIES[any(10)]}`],
      ],
    }
  for (let index = 0; index < vendors; index++)
    yield {
      subject: `:vendor${index}`,
      pairs: [
        ['a', ':Vendor'],
        ['rdfs:label', `"${text(2)}"`],
        [':country', `:${COUNTRIES[any(10)]}`],
        [':publishes', `:graph${index}`],
      ],
    }

  let [offers, reviews] = [0, 0]
  for (let index = 0; index < products; index++) {
    const subject = `:product${index}`
    yield {
      subject,
      pairs: [
        // The upper types have products, too.
        ['a', `:type${5 + popular(types - 5)}`],
        ['rdfs:label', `"${word()} ${index}"@en`],
        [':producer', `:producer${popular(producers)}`],
        ...distinct(2 + any(6), () => [':feature', `:feature${popular(features)}`]),
        [':size', String(any(2000))],
        [':weight', `${any(100)}.${10 + any(90)}`],
        [':comment', `"${text(6 + any(10))}"@${['en', 'en', 'de', 'fr'][any(4)]}`],
      ],
    }
    for (let count = any(5); count > 0; count--) {
      const [vendor, offer] = [popular(vendors), `:offer${offers++}`]
      yield {
        subject: offer,
        pairs: [
          ['a', ':Offer'],
          [':product', subject],
          [':vendor', `:vendor${vendor}`],
          [':price', `${5 + any(9000)}.${10 + any(90)}`],
          [':deliveryDays', String(1 + any(14))],
          ...(any(2) === 0 ? [[':validTo', date()]] : []),
        ],
      }
      if (any(3) === 0) yield { subject: offer, pairs: [[':inStock', String(any(50))]], graph: `:graph${vendor}` }
    }
  }
  for (let index = 0; index < persons; index++)
    yield {
      subject: `:person${index}`,
      pairs: [
        ['a', ':Person'],
        [':name', `"${text(2)}"`],
        [':country', `:${COUNTRIES[popular(10)]}`],
        ...distinct(any(7), () => [':follows', `:person${any(2) === 0 ? popular(persons) : (index + 1 + any(8)) % persons}`]),
        ...distinct(any(9), () => [':likes', `:product${popular(products)}`]),
      ],
    }
  for (let count = Math.round(products * 1.1); count > 0; count--) {
    const review = reviews++
    const isReply = review > 10 && any(3) === 0
    yield {
      subject: `:review${review}`,
      pairs: [
        ['a', ':Review'],
        ...(isReply ? [[':replyTo', `:review${review - 1 - any(10)}`]] : [[':reviewFor', `:product${popular(products)}`]]),
        [':reviewer', `:person${popular(persons)}`],
        [':date', date()],
        ...(any(4) > 0 ? [[':rating', String(1 + any(10))]] : []),
        [':title', `"${text(3)}"@en`],
      ],
    }
  }
}

/** So many pairs, each once. */
function distinct(count, make) {
  return [...new Map(Array.from({ length: count }, make).map(pair => [pair.join(' '), pair])).values()]
}

/**
 * Writes the data.
 *
 * @param products how many
 * @param file without its ending
 * @param endings which files: `nq` has all, `nt` and `ttl` what is in the default graph
 * @returns how many quads there are in all, and how many in the default graph
 */
export async function writeData(products, file, endings) {
  const streams = Object.fromEntries(endings.map(ending => [ending, createWriteStream(`${file}.${ending}`)]))
  let pieces = {
    nq: '',
    nt: '',
    ttl: Object.entries(PREFIXES)
      .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`)
      .join(''),
  }
  const flush = async () => {
    for (const [ending, stream] of Object.entries(streams)) if (!stream.write(pieces[ending])) await once(stream, 'drain')
    pieces = { nq: '', nt: '', ttl: '' }
  }
  const counts = { all: 0, plain: 0 }
  for (const { subject, pairs, graph } of things(products)) {
    const triples = pairs.map(([verb, object]) => `${full(subject)} ${full(verb)} ${full(object)}`)
    pieces.nq += triples.map(triple => `${triple}${graph ? ` ${full(graph)}` : ''} .\n`).join('')
    counts.all += pairs.length
    if (graph === undefined) {
      pieces.nt += triples.map(triple => `${triple} .\n`).join('')
      pieces.ttl += `\n${subject} ${pairs.map(pair => pair.join(' ')).join(' ;\n  ')} .\n`
      counts.plain += pairs.length
    }
    if (pieces.nq.length > 1 << 20) await flush()
  }
  await flush()
  for (const stream of Object.values(streams)) {
    stream.end()
    await once(stream, 'finish')
  }
  return counts
}

/** A term of Turtle as N-Triples has it. */
function full(term) {
  if (term === 'a') return RDF_TYPE
  if (term.startsWith('"')) return term.replace(/\^\^xsd:(\w+)$/, (_, type) => `^^<${PREFIXES.xsd}${type}>`)
  if (/^\d/.test(term)) return `"${term}"^^<${PREFIXES.xsd}${term.includes('.') ? 'decimal' : 'integer'}>`
  const colon = term.indexOf(':')
  return `<${PREFIXES[term.slice(0, colon)]}${term.slice(colon + 1)}>`
}

/** Numbers from 0 to 1 that look like chance, and are the same each time. */
function mulberry32(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
