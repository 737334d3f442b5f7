import type { Term } from '@rdfjs/types'
import { CommuniqueError, type Fault } from '../error.ts'
import { suggestion } from '../nearest.ts'
import { LAYERS, type Layer } from '../project/layer.ts'
import { parseQuery, type QueryForm, queryForm } from '../query/engine.ts'
import { readHeader } from '../query/header.ts'
import type { Algebra } from '../sparql/algebra.ts'
import { PARAMETER_TYPES, type Parameter, type ParameterType, parameterRows } from './parameter.ts'

/** How an answer is best looked at. */
export const VIEWS = ['table', 'map', 'timeline', 'graph'] as const
export type View = (typeof VIEWS)[number]

/** A saved question: a plain SPARQL query that runs anywhere, with a header that says what it asks. */
export interface SavedQuestion {
  /** File name without `.rq`. */
  readonly name: string
  /** Relative to the project. */
  readonly file: string
  readonly text: string
  /** The question in words. */
  readonly summary: string
  readonly description?: string | undefined
  readonly tags: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly view: View
  readonly layer: Layer
  readonly form: QueryForm
  readonly algebra: Algebra
}

/**
 * Reads a saved question.
 *
 * @throws CommuniqueError with every fault of the header and of the rows of parameters; `query-header`; as `parseQuery`
 */
export async function readQuestion(text: string, name: string, file: string): Promise<SavedQuestion> {
  const header = readHeader(text, file)
  const algebra = await parseQuery(text, { file })
  const form = queryForm(algebra)
  if (form === undefined)
    throw new CommuniqueError('query-refused', {
      what: 'an update is no question',
      where: { file },
      mend: 'write SELECT, ASK, CONSTRUCT or DESCRIBE',
    })
  const faults: Fault[] = []
  const fault = (what: string, mend: string, key?: string): void => {
    faults.push({ code: 'question-header', what, where: { file, ...lineOf(text, key) }, mend })
  }
  for (const key of Object.keys(header))
    if (!KEYS.includes(key)) fault(`"${key}" is no key of a header`, suggestion(key, KEYS), key)
  const oneOf = <T extends string>(key: string, known: readonly T[], otherwise: T): T => {
    const value = String(header[key] ?? otherwise)
    if (!known.includes(value as T)) fault(`"${value}" is no ${key}`, suggestion(value, known), key)
    return value as T
  }
  const words = (key: string): string | undefined => String(header[key] ?? '').trim() || undefined
  const parameters = parametersOf(header.parameters, algebra, fault)
  const tags = header.tags ?? []
  if (!Array.isArray(tags)) fault('the tags are no list', `write "tags: [${String(tags)}]"`, 'tags')
  const view = oneOf('view', VIEWS, 'table')
  const layer = oneOf('layer', LAYERS, 'stated')
  if (faults[0] !== undefined) throw new CommuniqueError(faults[0].code, { ...faults[0], faults })
  return {
    name,
    file,
    text,
    summary: words('summary') ?? name,
    description: words('description'),
    tags: (tags as unknown[]).map(String),
    parameters,
    view,
    layer,
    form,
    algebra,
  }
}

const KEYS: readonly string[] = ['summary', 'description', 'tags', 'parameters', 'view', 'layer']

function parametersOf(header: unknown, algebra: Algebra, fault: (what: string, mend: string, key?: string) => void): Parameter[] {
  if (header === undefined || header === null) return []
  if (typeof header !== 'object' || Array.isArray(header)) {
    fault('the parameters are no mapping', 'write "parameters: { name: { type: entity, label: … } }"', 'parameters')
    return []
  }
  return Object.entries(header).flatMap(([name, told]) => {
    const { type: given, label, any } = (told ?? {}) as { readonly [key: string]: unknown }
    const type = String(given ?? '')
    if (!(PARAMETER_TYPES as readonly string[]).includes(type)) {
      fault(`"${type}" is no type of a parameter`, suggestion(type, PARAMETER_TYPES), name)
      return []
    }
    const rows = parameterRows(algebra, name)
    const [first] = rows
    if (first === undefined) {
      fault(
        `the parameter "${name}" has no row`,
        `write VALUES ?${name} { … } with its default into the group that uses it`,
        name,
      )
      return []
    }
    const values = (row: Algebra): Term[] => (row.bindings as Record<string, Term>[]).flatMap(binding => binding[name] ?? [])
    return [{ name, type: type as ParameterType, label: String(label ?? name), isOptional: any === true, default: values(first) }]
  })
}

/** The line of the header that begins with a key, for messages. */
function lineOf(text: string, key: string | undefined): { line?: number; text?: string } {
  if (key === undefined) return {}
  const lines = text.split(/\r?\n/)
  const isKey = (line: string): boolean =>
    [...line.matchAll(/[{,+\s]["']?([^{},:\s"']+)["']?\s*:/g)].some(([, found]) => found === key)
  const index = lines.findIndex(line => line.startsWith('#+') && isKey(line))
  return index < 0 ? {} : { line: index + 1, text: lines[index]! }
}
