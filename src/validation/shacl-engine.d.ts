/** The face of `#shacl-engine`, the SHACL validator's one file, as far as `validate.ts` and `sparql-constraint.ts` use it. */
import type {
  BlankNode,
  DataFactory,
  DatasetCore,
  DatasetCoreFactory,
  Literal,
  NamedNode,
  Quad,
  Term,
  Variable,
} from '@rdfjs/types'

export type Factory = DataFactory & DatasetCoreFactory

/** A set of terms in a graph. */
export interface Pointer extends Iterable<Pointer> {
  readonly term: Term | undefined
  readonly terms: readonly Term[]
  readonly dataset: DatasetCore
  node(terms: readonly Term[]): Pointer
  out(predicates: readonly Term[]): Pointer
}

/** One step of a property path. */
export interface PathStep {
  readonly quantifier: 'one' | 'oneOrMore' | 'zeroOrMore' | 'zeroOrOne'
  readonly start: 'subject' | 'object'
  readonly end: 'subject' | 'object'
  readonly predicates: readonly Term[]
}

export interface Shape {
  readonly ptr: Pointer
  readonly path: readonly PathStep[] | null
  readonly isPropertyShape: boolean
  readonly deactivated: boolean | undefined
  resolveTargets(context: Context): Promise<Pointer>
}

/** Where the validation stands: at a focus node, with a shape, perhaps with the value nodes of its path or one of them. */
export interface Context {
  readonly factory: Factory
  readonly focusNode: Pointer
  readonly shape: Shape
  readonly value: Pointer | undefined
  readonly values: Pointer | undefined
  readonly valueOrNode: Pointer
  violation(component: Term, details: ViolationDetails): void
}

export interface ViolationDetails {
  readonly args?: Readonly<Record<string, Term>>
  readonly message?: readonly Literal[]
  readonly path?: readonly PathStep[] | undefined
  readonly source?: readonly Term[]
  readonly value?: Pointer | undefined
}

/** How a parameter is checked: `node` and `property` once a focus node of such a shape, `generic` once a value node. */
export interface Validation {
  readonly node?: (context: Context) => void | Promise<void>
  readonly property?: (context: Context) => void | Promise<void>
  readonly generic?: (context: Context) => void | Promise<void>
}

export interface Result {
  readonly focusNode: Pointer
  readonly path: readonly PathStep[] | null
  readonly value: Pointer | undefined
  readonly severity: NamedNode
  readonly constraintComponent: NamedNode
  readonly message: readonly Literal[]
  readonly shape: Shape
  readonly source: readonly Term[]
}

export interface Report {
  readonly conforms: boolean
  readonly results: readonly Result[]
  readonly dataset: DatasetCore
}

export class Validator {
  constructor(
    shapes: DatasetCore,
    options: {
      factory: Factory
      debug?: boolean
      validations?: ReadonlyMap<Term, (shape: Shape) => Validation | null>
      targetResolvers?: ReadonlyMap<Term, (target: Pointer, context: Context) => Promise<readonly Term[]>>
    },
  )
  readonly shapes: { values(): Iterable<Shape> }
  readonly registry: { readonly validations: Map<Term, (shape: Shape) => Validation | null> }
  validate(data: { readonly dataset: DatasetCore; readonly terms?: readonly Term[] }): Promise<Report>
}

export type { BlankNode, Quad, Variable }
