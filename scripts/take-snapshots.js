/**
 * Takes the snapshots of the federated questions anew. No live endpoint is asked: Oxigraph, a SPARQL server on this machine, has the
 * files of open data that are named below and stands for the endpoints, which each snapshot says. Needs `npm run build` and
 * OPENDATA_DIR, the folder with the files. With names of questions only these are taken.
 */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Store } from 'oxigraph'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const folder = process.env.OPENDATA_DIR ?? join(root, '../shared/opendata')
const [COUNTRIES, CITIES] = ['countries/countries-wikidata-shaped.ttl', 'gazetteer/cities-geonames-15000.ttl']
const [POSTS, ROR] = ['gazetteer/positions-igos-opensanctions.ttl', 'gazetteer/ror-interpol.ttl']
const [REGIONS, ISO] = ['countries/lcc-UN-M49-RegionCodes.ttl', 'countries/lcc-ISO3166-1-CountryCodes.ttl']
const FACTBOOK = 'countries/factbook-memberships.ttl'
const PEOPLE = 'gazetteer/people-wikidata-2015.ttl'

/** What the server has when a question is asked. */
const FILES = {
  'as-geonames-places-it': [CITIES, COUNTRIES],
  'as-lcc-names-it': [ISO],
  'as-ror-names-it': [ROR],
  'as-wikidata-has-posts': [POSTS],
  'as-wikidata-names-it': [COUNTRIES, PEOPLE, POSTS],
  'capitals-of-countries-met': [COUNTRIES, CITIES],
  'codes-of-countries-met': [COUNTRIES],
  'host-city-elsewhere': [CITIES],
  'members-elsewhere': [FACTBOOK],
  'names-of-countries-elsewhere': [COUNTRIES],
  'next-host-elsewhere': [COUNTRIES],
  'organization-elsewhere': [ROR],
  'other-posts-elsewhere': [POSTS],
  'persons-elsewhere': [PEOPLE],
  'regions-of-countries-met': [REGIONS],
}

const wanted = process.argv.slice(2)
for (const [question, files] of Object.entries(FILES)) {
  if (wanted.length > 0 && !wanted.includes(question)) continue
  const store = new Store()
  const paths = files.map(file => join(folder, file))
  for (const path of paths) store.load(await readFile(path, 'utf8'), { format: 'text/turtle' })
  const server = createServer(async (request, response) => {
    const form = request.method === 'POST' ? await textOf(request) : new URL(request.url, 'http://localhost').search
    const results = store.query(new URLSearchParams(form).get('query') ?? '', { results_format: 'json' })
    response.writeHead(200, { 'content-type': 'application/sparql-results+json' }).end(results)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  const mirror = `http://127.0.0.1:${server.address().port}/query`
  const options = ['--mirror', mirror, '--allow-private', ...paths.flatMap(path => ['--from', path])]
  const program = [join(root, 'dist/cli.cjs'), 'link', 'snapshot', question, '--project', root, ...options]
  const { stdout } = await promisify(execFile)(process.execPath, program)
  console.log(`${question}: ${stdout.trim() === '' ? 'as before' : `\n${stdout.trimEnd()}`}`)
  server.close()
}
