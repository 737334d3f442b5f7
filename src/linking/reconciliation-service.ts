import { DataFactory } from 'n3'
import type { KnowledgeGraph } from '../project/knowledge-graph.ts'
import { labelOf as labelOfTerm } from '../project/thing.ts'
import { cmq, rdf } from '../rdf/vocabulary.ts'
import { codeOf } from './identifier.ts'
import { nameTokens } from './name.ts'
import { kindOf } from './property.ts'
import { Reconciler } from './reconcile.ts'
import { labelOf } from './record.ts'
import { type Thing, thingsToLink } from './thing.ts'

/** A request to the service: the path behind its address, and the parameters of its query or form. */
export interface ServiceRequest {
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
}

/** What is answered: a status of HTTP and a value to be written as JSON. */
export interface ServiceAnswer {
  readonly status: number
  readonly json: unknown
}

const { namedNode } = DataFactory

/**
 * The things of a graph as a W3C Reconciliation Service, so that others can link their tables to it: manifest, queries, suggest
 * (`suggest/entity`, `suggest/type`, `suggest/property`) and data extension. Scores go from 0 to 100. `match` is true for one
 * candidate of a query at most, and never for a person who is asked for by name alone.
 *
 * @param url at which it is served
 * @see Reconciliation Service API 0.2 (Final Community Group Report, 10 April 2023)
 * @example reconciliationService(project, 'http://localhost/')({ path: '', parameters: {} }).json.versions // ['0.2']
 * @example reconciliationService(project, 'http://localhost/')({ path: '', parameters: { queries: '{"q":{"query":"Istanbul"}}' } }).json.q.result[0].id // 'istanbul'
 */
export function reconciliationService(graph: KnowledgeGraph, url: string): (request: ServiceRequest) => ServiceAnswer {
  const space = `${graph.baseIRI}id/`
  const things = new Map(thingsToLink(graph).map(thing => [thing.iri, thing]))
  const source = { name: graph.baseIRI }
  const reconciler = new Reconciler([...things.values()].map(thing => ({ ...thing, key: codeOf(thing.iri), sources: [source] })))
  const schema = cmq.Person.value.slice(0, -'Person'.length)
  const layer = namedNode(`${graph.baseIRI}layer/inferred`)
  const entry = (iri: string) => ({
    id: iri.slice(iri.startsWith(space) ? space.length : schema.length),
    name: labelOfTerm(graph, namedNode(iri)),
  })
  const types = (iri: string) =>
    graph.store
      .getObjects(namedNode(iri), rdf.type, null)
      .map(({ value }) => value)
      .filter(isOurs)
  const isOurs = (iri: string): boolean => iri.startsWith(schema)
  const properties = (): string[] => {
    const found = [...things.keys()].flatMap(iri => graph.store.getQuads(namedNode(iri), null, null, layer))
    return [...new Set(found.map(({ predicate }) => predicate.value))].filter(isOurs).sort()
  }

  const result = ({ query, type, type_strict: strict, limit = 5, properties: wanted = [] }: Query) => {
    const asked = [type ?? []].flat().map(id => (id.includes(':') ? id : schema + id))
    const { verdict, candidates } = reconciler.reconcile(thingOf(query, asked, wanted), { limit })
    return candidates
      .filter(({ iri }) => asked.length === 0 || strict === 'should' || types(iri).some(type => asked.includes(type)))
      .map(({ iri, record, score, reasons }, index) => ({
        ...{ id: entry(iri).id, name: labelOf(record), type: types(iri).map(entry), score: Math.round(score * 1000) / 10 },
        ...{ match: index === 0 && verdict === 'match', description: reasons.map(({ words }) => words).join('; ') },
        features: reasons.map(({ feature, weight }) => ({ id: feature, value: Math.round(weight * 10) / 10 })),
      }))
  }
  const values = (id: string, property: string) =>
    graph.store.getObjects(namedNode(space + id), namedNode(schema + property), layer).map(object => {
      return object.termType === 'Literal'
        ? { str: object.value }
        : { id: entry(object.value).id, name: labelOfTerm(graph, object) }
    })
  const suggested: Readonly<Record<string, () => readonly string[]>> = {
    'suggest/entity': () => [...things.keys()],
    'suggest/type': () => [...new Set([...things.keys()].flatMap(types))].sort(),
    'suggest/property': properties,
  }

  return ({ path, parameters: { queries, extend, prefix = '' } }) => {
    try {
      const suggest = suggested[path]
      if (suggest !== undefined) {
        const start = nameTokens(prefix).join(' ')
        const entries = suggest()
          .map(entry)
          .filter(({ name }) => ` ${nameTokens(name).join(' ')}`.includes(` ${start}`))
        return { status: 200, json: { result: entries } }
      }
      if (path !== '') return { status: 404, json: { error: `there is no "${path}" here` } }
      if (queries !== undefined) {
        const asked = Object.entries(JSON.parse(queries) as Record<string, Query>)
        return { status: 200, json: Object.fromEntries(asked.map(([key, query]) => [key, { result: result(query) }])) }
      }
      if (extend !== undefined) {
        const { ids, properties: wanted } = JSON.parse(extend) as { ids: string[]; properties: { id: string }[] }
        const row = (id: string) => Object.fromEntries(wanted.map(property => [property.id, values(id, property.id)]))
        return {
          status: 200,
          json: { meta: wanted.map(({ id }) => entry(schema + id)), rows: Object.fromEntries(ids.map(id => [id, row(id)])) },
        }
      }
      return { status: 200, json: manifest(url, space, schema) }
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
      return { status: 400, json: { error: `the request is not as the standard has it: ${error.message}` } }
    }
  }
}

interface Query {
  readonly query: string
  readonly type?: string | readonly string[]
  readonly type_strict?: 'any' | 'all' | 'should'
  readonly limit?: number
  readonly properties?: readonly { readonly pid: string; readonly v: unknown }[]
}

/** A query as a thing: of its properties, those that tell a country or a post. */
function thingOf(query: string, types: readonly string[], properties: NonNullable<Query['properties']>): Thing {
  const told = (...pids: readonly string[]): string[] =>
    properties.filter(({ pid }) => pids.includes(pid)).flatMap(({ v }) => [v].flat().map(value => nameIn(value)))
  return {
    ...{ iri: '', names: [{ text: query, language: '', class: 'preferred' }], kinds: types.flatMap(type => kindOf(type) ?? []) },
    ...{ countries: told('isLocatedIn', 'isPostOfCountry', 'country'), codes: [], description: '' },
    roles: told('isCalledHolderOf', 'isElectedTo').map(office => ({ office })),
  }
}

function nameIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : String(value)
}

function manifest(url: string, space: string, schema: string): object {
  const service = (path: string) => ({ service_url: url.replace(/\/$/, ''), service_path: path })
  return {
    ...{
      versions: ['0.2'],
      name: `things of ${space}`,
      identifierSpace: space,
      schemaSpace: schema,
      view: { url: `${space}{{id}}` },
    },
    defaultTypes: ['Person', 'Organization', 'Country', 'City', 'Post', 'Topic'].map(id => ({ id, name: id })),
    suggest: { entity: service('/suggest/entity'), type: service('/suggest/type'), property: service('/suggest/property') },
    extend: { property_settings: [] },
  }
}
