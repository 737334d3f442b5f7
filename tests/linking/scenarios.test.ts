import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openProject } from '../../src/index.ts'
import { contradictions } from '../../src/linking/contradiction.ts'
import { normalIri } from '../../src/linking/identifier.ts'
import { Reconciler, type Reconciliation, reconcile } from '../../src/linking/reconcile.ts'
import type { Kind, SourceRecord } from '../../src/linking/record.ts'
import { fileSource } from '../../src/linking/source.ts'
import { type Thing, thingsToLink } from '../../src/linking/thing.ts'
import { root } from '../given.ts'
import { OPENDATA, withOpenData } from './reference.ts'

/** The scenarios of linking, with the data that others have published. All that is known of countries, places, people and bodies. */
withOpenData('linking the article', () => {
  let records: readonly SourceRecord[]
  let things: readonly Thing[]
  let reconciler: Reconciler
  beforeAll(async () => {
    records = await fileSource(OPENDATA, 'open data', name => !name.startsWith('quirks/')).records([])
    things = thingsToLink(await openProject(root))
    reconciler = new Reconciler(records)
  }, 120_000)

  const article = (slug: string, more: Partial<Thing> = {}): Thing => ({
    ...things.find(({ iri }) => iri.endsWith(`/${slug}`))!,
    ...more,
  })
  const look = (slug: string, more?: Partial<Thing>): Reconciliation =>
    reconciler.reconcile(article(slug, more), { automatic: true })
  const keysOf = ({ candidates }: Reconciliation): string[] => candidates.map(({ key }) => key)
  const wordsOf = ({ candidates, ruledOut }: Reconciliation, key: string): string =>
    [...candidates, ...ruledOut]
      .find(candidate => candidate.key === key)
      ?.reasons.map(({ words }) => words)
      .join('; ') ?? ''

  const COUNTRIES = {
    argentina: ['wikidata:Q414', 'AR'],
    belarus: ['wikidata:Q184', 'BY'],
    chile: ['wikidata:Q298', 'CL'],
    china: ['wikidata:Q148', 'CN'],
    india: ['wikidata:Q668', 'IN'],
    micronesia: ['wikidata:Q702', 'FM'],
    russia: ['wikidata:Q159', 'RU'],
    serbia: ['wikidata:Q403', 'RS'],
    'south-korea': ['wikidata:Q884', 'KR'],
    turkey: ['wikidata:Q43', 'TR'],
    uae: ['wikidata:Q878', 'AE'],
    uzbekistan: ['wikidata:Q265', 'UZ'],
    vietnam: ['wikidata:Q881', 'VN'],
  }

  test.each(Object.entries(COUNTRIES))('L1: %s by its name, and by its name and ISO code', (slug, [key, code]) => {
    const byName = look(slug)
    expect(byName.verdict).toBe('match')
    const best = byName.candidates.find(candidate => candidate.key.startsWith('wikidata:'))!
    expect(best).toMatchObject({ key, score: expect.closeTo(1, 1), record: { codes: expect.arrayContaining([`iso:${code}`]) } })
    const byCode = look(slug, { codes: [`iso:${code}`] })
    expect(byCode.verdict).toBe('automatic')
    expect(byCode.because).toBe('name and country code agree')
    expect(byCode.candidates.find(candidate => candidate.key.startsWith('wikidata:'))!.key).toBe(key)
  })

  test('L2: Micronesia is the State, never the region', () => {
    const found = look('micronesia')
    expect(keysOf(found)).toContain('https://omg.org/spec/LCC/Countries/ISO3166-1-CountryCodes/Micronesia')
    expect(keysOf(found)).not.toContain('https://omg.org/spec/LCC/Countries/UN-M49-RegionCodes/Micronesia')
    const names = [{ text: 'Micronesia', language: 'en', class: 'preferred' as const }]
    const short = look('micronesia', { names })
    expect(keysOf(short)).not.toContain('https://omg.org/spec/LCC/Countries/UN-M49-RegionCodes/Micronesia')
    expect(wordsOf(short, 'https://omg.org/spec/LCC/Countries/UN-M49-RegionCodes/Micronesia')).toContain(
      'a country is not a region',
    )
  })

  test('L3: South Korea is not North Korea', () => {
    expect(keysOf(look('south-korea'))).not.toContain('wikidata:Q423')
    const north = look('south-korea', { names: [{ text: 'North Korea', language: 'en', class: 'preferred' }] })
    expect(keysOf(north)).toContain('wikidata:Q423')
    expect(keysOf(north)).not.toContain('wikidata:Q884')
  })

  test('L4: Istanbul is the city, not the province of that name', () => {
    const found = look('istanbul')
    expect(found.candidates[0]).toMatchObject({ key: 'geonames:745044' })
    const province = records.find(({ codes }) => codes.includes('geonames:745042'))!
    expect(keysOf(found)).not.toContain(province.key)
    expect(wordsOf(found, province.key)).toContain('a city is not a region')
  })

  test('L5: the weak name Istanbul of Turkey counts for little, and its kind rules it out', () => {
    const istanbul = look('istanbul', { kinds: [], countries: [] })
    const turkey = istanbul.candidates.find(({ key }) => key === 'wikidata:Q43')
    expect(turkey?.score ?? 0).toBeLessThan(0.1)
    expect(wordsOf(look('istanbul'), 'wikidata:Q43')).toMatch(/a weak one of the source; a city is not a country/)
  })

  test('L6: Kim Jong-young is nobody here, and never Kim Jong Un', () => {
    const found = look('kim-jong-young')
    expect(found.verdict).toBe('no match')
    expect(found.candidates.find(({ key }) => key === 'wikidata:Q56226')?.score ?? 0).toBeLessThan(0.05)
  })

  test('L7: Igor Zubov is nobody here, and never Olga Zubova', () => {
    expect(look('igor-zubov').verdict).toBe('no match')
    expect(look('igor-zubov', { countries: [], roles: [] }).verdict).toBe('no match')
  })

  test('L8: spellings of Al Raisi are one person of our own graph', () => {
    const own = new Reconciler(things.map(thing => ({ ...thing, key: thing.iri, sources: [{ name: 'our graph' }] })))
    for (const text of [
      'Ahmed Naser Al-Raisi',
      'Ahmad Nasir al-Rayyisi',
      'Major General Ahmed Nasser Al-Raisi',
      'AL RAISI Ahmed Nasser',
    ]) {
      const thing = article('ahmed-nasser-al-raisi', { names: [{ text, language: 'en', class: 'preferred' }] })
      const { candidates, verdict } = own.reconcile(thing)
      expect([text, candidates[0]?.iri, verdict]).toEqual([text, thing.iri, 'match'])
    }
    expect(look('ahmed-nasser-al-raisi').verdict).toBe('no match')
  })

  test('L9: Erdogan in every spelling is one, three Mehmet Erdoğans stay apart', () => {
    for (const text of [
      'Recep Tayyip Erdogan',
      'Recep Tayyip Erdoğan',
      'RECEP TAYYİP ERDOĞAN',
      'Receb Tayyib Erdoğan',
      'Erdoğan, Recep Tayyip',
      'R. T. Erdogan',
    ]) {
      const found = look('recep-tayyip-erdogan', { names: [{ text, language: '', class: 'preferred' }] })
      expect([text, found.candidates[0]?.key]).toEqual([text, 'wikidata:Q39259'])
    }
    const mehmet = look('recep-tayyip-erdogan', { names: [{ text: 'Mehmet Erdoğan', language: 'tr', class: 'preferred' }] })
    expect(mehmet.verdict).toBe('review')
    expect(mehmet.candidates.slice(0, 3).map(({ label }) => label)).toEqual(
      Array(3).fill(expect.stringMatching(/^Mehmet Erdoğan/)),
    )
    expect(mehmet.candidates[0]!.score).toBeLessThan(0.9)
  })

  test('L10: the Ministry of Internal Affairs of the UAE is none of those of other countries', () => {
    expect(look('uae-ministry-of-internal-affairs').verdict).toBe('no match')
    const names = [{ text: 'Ministry of Internal Affairs', language: 'en', class: 'preferred' as const }]
    const anywhere = look('uae-ministry-of-internal-affairs', { names, countries: [] })
    expect(anywhere.verdict).not.toBe('match')
    const russian = look('uae-ministry-of-internal-affairs', { names, countries: ['Russian Federation'] })
    expect(keysOf(russian)).toContain('wikidata:Q1192838')
    expect(keysOf(russian)).not.toContain('wikidata:Q2427674')
    expect(wordsOf(russian, 'wikidata:Q2427674')).toContain('of RU, not of BY')
  })

  test('L11: an office is no person and no organization', () => {
    const office = 'Minister of Internal Affairs'
    const as = (kind: Kind) => look('uae', { names: [{ text: office, language: 'en', class: 'preferred' }], kinds: [kind] })
    expect(as('post').candidates[0]).toMatchObject({ key: 'wikidata:Q100699741' })
    for (const kind of ['person', 'organization'] as const) expect(keysOf(as(kind))).not.toContain('wikidata:Q100699741')
    expect(look('president-of-interpol').candidates[0]).toMatchObject({
      key: 'wikidata:Q19698214',
      label: 'President of Interpol',
    })
    expect(keysOf(look('interpol')).slice(0, 2).sort()).toEqual(['ror:02cyaqf66', 'wikidata:Q8475'])
  })

  test("L12: a link of Who's On First takes the State of Micronesia for the region, and contradicts its own page", () => {
    const state = records.filter(({ key }) => key === 'https://data.whosonfirst.org/85632431')
    const pages = ['wikipedia:Federated_States_of_Micronesia', 'wikipedia:Micronesia']
    expect(contradictions(state)).toEqual([{ codes: pages, through: [state[0]!.key], isDirect: true }])
  })

  test('L13: three linksets together make no two countries one, links to two concepts are told, and a wrong link is found', () => {
    const linksets = records.filter(({ sources }) => sources.some(({ name }) => /worldbank|transparency|gwn-ili/.test(name)))
    const found = contradictions(linksets)
    const countries = (list: typeof found) =>
      list.filter(({ codes }) => codes.every(code => code.includes('270a.info/classification/country/')))
    expect(countries(found)).toEqual([])
    const ili = (title: string) => found.filter(({ through }) => through.includes(`wikipedia:${title}`)).map(({ codes }) => codes)
    expect(ili('Russia')).toEqual([['https://globalwordnet.org/ili/i83988', 'https://globalwordnet.org/ili/i84002']])
    expect(ili('Federated_States_of_Micronesia')).toEqual([
      ['https://globalwordnet.org/ili/i83270', 'https://globalwordnet.org/ili/i83271'],
    ])
    const wrong = {
      ...linksets[0]!,
      key: 'urn:x:a',
      codes: ['urn:x:a', 'wikipedia:Russia', 'https://worldbank.270a.info/classification/country/FM'],
    }
    expect(countries(contradictions([...linksets, wrong])).map(({ isDirect }) => isDirect)).toContain(false)
  })

  test('L14: forms of one IRI are one', () => {
    const forms = ['http://dbpedia.org/resource/Recep_Tayyip_Erdo%C4%9Fan', 'https://dbpedia.org/page/Recep_Tayyip_Erdoğan']
    expect(new Set(forms.map(normalIri)).size).toBe(1)
    expect(normalIri('https://www.wikidata.org/wiki/Q43')).toBe(normalIri('http://www.wikidata.org/entity/Q43'))
    expect(normalIri('http://sws.geonames.org/745044')).toBe(normalIri('https://sws.geonames.org/745044/'))
    const record = records.find(({ iri }) => iri === forms[0])!
    expect(record.iri, 'the form of the source is kept').toBe(forms[0])
    expect(record.key).toBe('wikipedia:Recep_Tayyip_Erdoğan')
  })

  test('L15: who held an office until 2015 is not its holder of 2021, and the dead hold none', () => {
    const base = records.find(({ key }) => key === 'wikidata:Q39259')!
    const held = (to: string) => new Reconciler([{ ...base, roles: [{ office: 'President of Turkey', from: '2003-03-14', to }] }])
    const role = (found: Reconciliation) => found.candidates[0]!.reasons.find(({ feature }) => feature === 'role')!
    const thing = article('recep-tayyip-erdogan')
    expect(role(held('2023-01-01').reconcile(thing))).toMatchObject({ weight: 5, words: 'both are President of Turkey' })
    expect(role(held('2015-11-30').reconcile(thing)).weight).toBeLessThan(-5)
    expect(role(held('2015-11-30').reconcile(thing)).words).toBe(
      'President of Turkey from 2003-03-14 to 2015-11-30, not in 2021-11-23',
    )
    const dead = records.find(
      ({ kinds, death, countries }) => kinds.includes('person') && death?.startsWith('2012') && countries[0] === 'Turkey',
    )!
    const found = reconciler.reconcile({ ...thing, names: [dead.names[0]!] })
    expect(keysOf(found)).not.toContain(dead.key)
    expect(wordsOf(found, dead.key)).toMatch(/died 2012.*, before 2021-11-23/)
  })

  test('L16: a rejected pair does not come back, in whatever form it was rejected', () => {
    const thing = article('istanbul')
    const rejected = [{ thing: thing.iri, candidate: 'http://sws.geonames.org/745044' }]
    expect(keysOf(reconciler.reconcile(thing, { rejected }))).not.toContain('geonames:745044')
    expect(keysOf(reconciler.reconcile(article('turkey'), { rejected }))).toEqual(keysOf(look('turkey')))
  })

  test('L17: the same input gives the same output, whatever the order of the things', async () => {
    const few = records.filter(({ kinds }) => kinds.includes('country') || kinds.includes('post'))
    const source = [{ name: 'open data', records: async () => few }]
    const [once, again] = [await reconcile(things, source), await reconcile([...things].reverse(), source)]
    expect(again.reverse()).toEqual(once)
  }, 60_000)

  test('L18: a thing is compared with few records, not with all', () => {
    const started = process.cpuUsage().user
    for (let round = 0; round < 3; round++) for (const thing of things) reconciler.reconcile(thing)
    expect((process.cpuUsage().user - started) / 1000 / (3 * things.length), 'milliseconds a thing').toBeLessThan(20)
  })

  test('L19: names of every language and script are matched as they are written', () => {
    const people = records.filter(({ kinds }) => kinds.includes('person'))
    const languages = new Set(people.flatMap(({ names }) => names.map(({ language }) => language)))
    expect(languages.size).toBeGreaterThanOrEqual(272)
    const erdogan = people.find(({ key }) => key === 'wikidata:Q39259')!
    expect(erdogan.names.length).toBeGreaterThan(50)
    const missed = erdogan.names.filter(
      name => look('recep-tayyip-erdogan', { names: [name] }).candidates[0]?.key !== 'wikidata:Q39259',
    )
    expect(missed).toEqual([])
    expect(erdogan.names.find(({ language }) => language === 'ar')!.text).toMatch(/[\u0600-\u06ff]/)
  })

  test('L20: a file with a bad language tag is no empty one', async () => {
    const quirk = fileSource(join(OPENDATA, 'quirks/Q513-munged.ttl'), 'quirks/Q513-munged.ttl')
    await expect(quirk.records([])).rejects.toMatchObject({
      code: 'turtle-syntax',
      where: { file: 'quirks/Q513-munged.ttl', line: 1641 },
    })
  })

  test('what is not to be had is looked for and not found, with its reason', () => {
    for (const slug of ['ahmed-nasser-al-raisi', 'interpol-general-assembly', 'terrorism', 'cybercrime', 'president-of-turkey']) {
      const found = look(slug)
      expect([slug, found.verdict]).toEqual([slug, 'no match'])
      expect(found.because).not.toBe('')
    }
  })

  test('a person is never accepted by the tool, nor known by name alone', () => {
    expect(look('recep-tayyip-erdogan').verdict).toBe('match')
    expect(look('recep-tayyip-erdogan', { birth: '1954-02-26', codes: ['wikidata:Q39259'] }).verdict).toBe('match')
    const byName = look('recep-tayyip-erdogan', { countries: [], roles: [], description: '' })
    expect(byName).toMatchObject({ verdict: 'review', because: 'a person is not known by name alone' })
  })

  test('reasons add up to the weight, and the weights to the score', () => {
    for (const { candidates } of things.map(thing => reconciler.reconcile(thing)))
      for (const { weight, reasons } of candidates)
        expect(reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(weight, 9)
  })
})
