import type { NamedNode, Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import type { Fault } from '../error.ts'
import { namespace } from '../rdf/namespace.ts'
import { rdf } from '../rdf/vocabulary.ts'

export const sh = namespace('http://www.w3.org/ns/shacl#')
const owlImports = DataFactory.namedNode('http://www.w3.org/2002/07/owl#imports')

/** A shape that uses a constraint component which the shapes graph itself declares, with one value for each parameter it gives. */
export interface ComponentUse {
  readonly shape: Term
  readonly component: Term
  readonly validator: Term
  /** The given parameters by name. */
  readonly parameters: ReadonlyMap<string, Term>
  /** The names of all parameters, given or not. */
  readonly names: readonly string[]
}

/** A shapes graph and how to read it. */
export class ShapesGraph {
  readonly store: Store

  constructor(quads: Iterable<Quad>) {
    this.store = defaultGraph(quads)
  }

  values(subject: Term, predicate: NamedNode): Term[] {
    return this.store.getObjects(subject as NamedNode, predicate, null)
  }

  value(subject: Term, predicate: NamedNode): Term | undefined {
    return this.values(subject, predicate)[0]
  }

  isTrue(subject: Term, predicate: NamedNode): boolean {
    return this.values(subject, predicate).some(({ value }) => value === 'true' || value === '1')
  }

  /** The items of an RDF list; undefined for what is no list. */
  list(head: Term): Term[] | undefined {
    const items: Term[] = []
    const seen = new Set<string>()
    for (let node: Term | undefined = head; !node.equals(rdf.nil); ) {
      const [first, rest]: (Term | undefined)[] = [this.value(node, rdf.first), this.value(node, rdf.rest)]
      if (first === undefined || rest === undefined || seen.has(node.value)) return undefined
      seen.add(node.value)
      items.push(first)
      node = rest
    }
    return items
  }

  /** How a person finds a node of the graph: its IRI, or for a blank node the nearest named node that leads to it. */
  label(node: Term): string {
    const seen = new Set<string>()
    for (let current: Term | undefined = node; current !== undefined && !seen.has(current.value); ) {
      if (current.termType !== 'BlankNode') return `<${current.value}>`
      const path = this.value(current, sh('path'))
      if (path?.termType === 'NamedNode') return `the property shape of <${path.value}>`
      seen.add(current.value)
      current = this.store.getSubjects(null, current as never, null)[0]
    }
    return `_:${node.value}`
  }

  /** The prefixes of a query, of its graphs and of those they import. SHACL 5.2.1. */
  prefixes(query: Term): Record<string, string> {
    const found: Record<string, string> = {}
    const pending = this.values(query, sh('prefixes'))
    for (const declaring of pending) {
      for (const declaration of this.values(declaring, sh('declare'))) {
        const [prefix, iri] = [this.value(declaration, sh('prefix')), this.value(declaration, sh('namespace'))]
        if (prefix !== undefined && iri !== undefined) found[prefix.value] = iri.value
      }
      for (const imported of this.values(declaring, owlImports))
        if (!pending.some(other => other.equals(imported))) pending.push(imported)
    }
    return found
  }

  /** The data with this graph beside it, under a name. */
  beside(data: Store, name: NamedNode): Store {
    const both = new Store([...data])
    for (const { subject, predicate, object } of this.store)
      both.addQuad(subject as never, predicate as never, object as never, name as never)
    return both
  }

  /** Where shapes use the components that this graph declares; what is wrong with declarations and uses is added to `faults`. */
  *componentUses(faults: Fault[]): Generator<ComponentUse> {
    for (const component of this.store.getSubjects(rdf.type, sh('ConstraintComponent'), null)) {
      if (component.value.startsWith(sh('').value)) continue
      const parameters = this.values(component, sh('parameter')).map(parameter => {
        const path = this.value(parameter, sh('path')) as NamedNode | undefined
        return { path, name: path?.value.match(/[^/#]*$/)?.[0] ?? '', optional: this.isTrue(parameter, sh('optional')) }
      })
      const names = parameters.map(({ name }) => name)
      const required = parameters.filter(({ optional }) => !optional)
      const [key] = required
      if (key === undefined || names.some(name => !/^[A-Za-z_]\w*$/.test(name) || reservedNames.has(name))) {
        const what = `${this.label(component)}: a constraint component needs a parameter that is not optional, and parameters with names for SPARQL`
        faults.push({ code: 'bad-shapes', what })
        continue
      }
      for (const shape of this.store.getSubjects(key.path!, null, null)) {
        if (required.some(({ path }) => this.values(shape, path!).length === 0)) continue
        const kinds =
          this.value(shape, sh('path')) === undefined ? ['nodeValidator', 'validator'] : ['propertyValidator', 'validator']
        const validator = kinds.map(kind => this.value(component, sh(kind))).find(found => found !== undefined)
        const given = parameters
          .map(({ path, name }) => ({ name, values: this.values(shape, path!) }))
          .filter(({ values }) => values.length > 0)
        const single = parameters.length === 1
        if (validator === undefined || (!single && given.some(({ values }) => values.length > 1))) {
          const why =
            validator === undefined
              ? 'has no validator in SPARQL for such a shape'
              : 'is given two values for one of several parameters'
          faults.push({
            code: 'unsupported-constraint',
            what: `${this.label(shape)}: the component ${this.label(component)} ${why}`,
          })
          continue
        }
        const choices = single
          ? given[0]!.values.map(value => new Map([[names[0]!, value]]))
          : [new Map(given.map(({ name, values }) => [name, values[0]!]))]
        for (const choice of choices) yield { shape, component, validator, parameters: choice, names }
      }
    }
  }
}

/** All quads as one graph, each triple once. */
export function defaultGraph(quads: Iterable<Quad>): Store {
  const store = new Store()
  for (const { subject, predicate, object } of quads) store.addQuad(subject as never, predicate as never, object as never)
  return store
}

const reservedNames: ReadonlySet<string> = new Set(['this', 'shapesGraph', 'currentShape', 'path', 'PATH', 'value'])
