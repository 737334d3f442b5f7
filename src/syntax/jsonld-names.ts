import { CommuniqueError } from '../error.ts'
import { xsd } from '../rdf/vocabulary.ts'
import { SLASH } from '../store/byte.ts'
import { Namespaces } from './namespaces.ts'
import { Phrase } from './utf8-text.ts'

/** A context of the plainest kind, as `ontology/context.jsonld` is one: prefixes, and terms with or without the type of their values. */
export type Context = Readonly<Record<string, string | number | { readonly '@id': string; readonly '@type'?: string }>>

/** What the name of a thing begins with, as JSON, in the place of how much of its IRI. */
export interface Lead {
  readonly text: string
  readonly length: number
  readonly phrase: Phrase
  /** As `length`, in UTF-8. */
  readonly byteLength: number
}

/** A property as a key: its name, and of what type its values are unless they say otherwise: an IRI, or `@id`. */
export interface Key {
  readonly text: string
  readonly type: string | undefined
}

/**
 * The names that a context has for IRIs, all as JSON.
 *
 * @see JSON-LD 1.1 API, 6.2 (IRI Compaction)
 */
export class Names {
  readonly #context: Context
  readonly #prefixes: readonly (readonly [name: string, iri: string, lead: Lead])[]
  readonly #namespaces: Namespaces
  /** The prefix that was found last: with most it is the next as well. */
  #last: string | undefined
  readonly #terms = new Map<string, Key & { readonly name: string }>()
  readonly #used = new Set<string>()

  /** @throws CommuniqueError `foreign-context` for a context that says more than this writer heeds */
  constructor(context: Context) {
    this.#context = context
    const entries = Object.entries(context).filter(([name]) => name !== '@version')
    const prefixes = entries.flatMap(([name, entry]) =>
      isNamespace(entry) ? [[name, entry, leadOf(JSON.stringify(`${name}:`).slice(0, -1), entry)] as const] : [],
    )
    // The longest that fits is the one that is meant.
    this.#prefixes = prefixes.sort(([, one], [, other]) => other.length - one.length)
    this.#namespaces = new Namespaces(this.#prefixes.map(([, namespace]) => namespace))
    for (const [name, entry] of entries.filter(([, entry]) => !isNamespace(entry))) {
      const { '@id': id, '@type': type } = typeof entry === 'object' ? entry : { '@id': String(entry), '@type': undefined }
      const isPlain = Object.keys(typeof entry === 'object' ? entry : {}).every(key => key === '@id' || key === '@type')
      if (!isPlain || name.startsWith('@') || !id?.includes(':') || (type?.startsWith('@') && type !== '@id'))
        throw foreign(`"${name}" of the context is more than a prefix or a term with the type of its values`)
      const iri = this.#expanded(id)
      if (this.#terms.has(iri)) continue
      this.#terms.set(iri, { name, text: JSON.stringify(name), type: type === undefined ? undefined : this.#expanded(type) })
    }
  }

  /** The name of a thing. What an IRI is made of needs no escape. */
  node(iri: string): string {
    const { text, length } = this.lead(iri)
    return `${text}${iri.slice(length)}"`
  }

  /**
   * What the name of a thing begins with, if that is a prefix.
   *
   * @param words that hold the IRI as UTF-8 from `from` to before `to`
   */
  leadAt(words: DataView, from: number, to: number): Lead | undefined {
    const place = this.#namespaces.find(words, from, to)
    if (place < 0) return undefined
    const [name, , lead] = this.#prefixes[place]!
    const rest = from + lead.byteLength
    if (rest === to || (to - rest > 1 && words.getUint8(rest) === SLASH && words.getUint8(rest + 1) === SLASH)) return undefined
    if (name !== this.#last) this.#used.add(name)
    this.#last = name
    return lead
  }

  /** What the name of a thing begins with. */
  lead(iri: string): Lead {
    for (const [name, namespace, lead] of this.#prefixes) {
      if (iri.length === namespace.length || !iri.startsWith(namespace)) continue
      if (iri.startsWith('//', namespace.length)) break
      this.#used.add(name)
      return lead
    }
    const [, scheme, rest = ''] = /^([^:]*):(.*)$/s.exec(iri) ?? []
    if (this.#prefixes.some(([name]) => name === scheme) && !rest.startsWith('//'))
      throw foreign(`with its prefix "${scheme}" the context would take the IRI <${iri}> for a prefixed name`)
    return WHOLE
  }

  /** A class or a datatype. */
  vocabulary(iri: string): string {
    return this.key(iri).text
  }

  key(iri: string): Key {
    const term = this.#terms.get(iri)
    if (term === undefined) return { text: this.node(iri), type: undefined }
    this.#use(term.name)
    return term
  }

  /** What a reader of the document has to know of the context, in the order of the whole. */
  usedEntries(): (readonly [name: string, entry: unknown])[] {
    return Object.entries(this.#context).filter(([name]) => this.#used.has(name))
  }

  /** A term, and the prefixes that it is explained with. */
  #use(name: string): void {
    if (this.#used.has(name)) return
    this.#used.add(name)
    const entry = this.#context[name]!
    for (const iri of typeof entry === 'object' ? Object.values(entry) : [String(entry)]) {
      const prefix = iri.slice(0, iri.indexOf(':'))
      if (Object.hasOwn(this.#context, prefix)) this.#used.add(prefix)
    }
  }

  #expanded(name: string): string {
    const colon = name.indexOf(':')
    const prefix = this.#prefixes.find(([known]) => known === name.slice(0, colon))
    return prefix === undefined ? name : prefix[1] + name.slice(colon + 1)
  }
}

function leadOf(text: string, namespace: string): Lead {
  const { length } = namespace
  return { text, length, phrase: new Phrase(text), byteLength: Buffer.byteLength(namespace) }
}

const WHOLE = leadOf('"', '')

/** Whether an entry of a context can be a prefix. @see JSON-LD 1.1 API, 4.2 (Context Processing): it ends as namespaces do */
function isNamespace(entry: Context[string]): entry is string {
  return typeof entry === 'string' && /:.*[:/?#[\]@]$/.test(entry)
}

function foreign(what: string): CommuniqueError {
  return new CommuniqueError('foreign-context', {
    what,
    mend: 'write with our own context, then compact the document with that one',
  })
}

/**
 * A number or a truth value as JSON has it, if it comes back from there as it is; else undefined.
 *
 * @param type IRI of the datatype
 * @see JSON-LD 1.1 API, 8.2 (Object to RDF Conversion)
 * @example nativeValue('89', 'http://www.w3.org/2001/XMLSchema#integer') // '89'
 * @example nativeValue('089', 'http://www.w3.org/2001/XMLSchema#integer') // undefined
 */
export function nativeValue(value: string, type: string): string | undefined {
  if (type === xsd.boolean.value) return value === 'true' || value === 'false' ? value : undefined
  if (type === xsd.integer.value) return INTEGER.test(value) && Number.isSafeInteger(Number(value)) ? value : undefined
  if (type !== DOUBLE) return undefined
  const number = Number(value)
  if (Number.isInteger(number) || !Number.isFinite(number)) return undefined
  return number.toExponential(15).replace(/(\d)0*e\+?/, '$1E') === value ? String(number) : undefined
}

const DOUBLE = xsd.integer.value.replace(/integer$/, 'double')

/** Datatypes of which JSON has some values. */
export const NATIVE: ReadonlySet<string> = new Set([xsd.boolean.value, xsd.integer.value, DOUBLE])

/** The one way to write an integer that JSON has as well. */
const INTEGER = /^(?:0|-?[1-9][0-9]{0,15})$/
