import { type Algebra, mapNodes, nodesOf } from '../sparql/algebra.ts'
import { Plan } from '../sparql/evaluation.ts'
import { Unsupported } from '../sparql/scope.ts'
import type { PlanStep } from '../sparql/step.ts'
import { QuadStore } from '../store/quad-store.ts'

/** Which engine answers: `communique` is the one of `src/sparql`. */
export const ENGINES = ['communique', 'comunica'] as const
export type EngineChoice = (typeof ENGINES)[number]

export interface PlanOptions {
  readonly baseIRI: string | undefined
  /** Where the steps of the plan are put. */
  readonly trace?: PlanStep[] | undefined
}

/**
 * The plan of a query for our own engine; undefined where Comunica has to answer it: elsewhere than in a store of ours, or with
 * something that is not evaluated here. This is the one place where the engine is chosen.
 *
 * A plan is kept as long as the algebra and the store are the same.
 */
export function planOf(source: object, algebra: Algebra, { baseIRI, trace }: PlanOptions): Plan | undefined {
  if (!(source instanceof QuadStore)) return undefined
  const kept = plans.get(source)?.get(algebra)
  if (trace === undefined && kept !== undefined && kept.version === source.version && !kept.plan?.isRunning) return kept.plan
  let plan: Plan | undefined
  try {
    plan = new Plan(source, algebra, { baseIRI, isTraced: trace !== undefined })
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error
  }
  if (trace !== undefined) trace.push(...(plan?.steps ?? []))
  else {
    const ofStore = plans.get(source) ?? new WeakMap()
    plans.set(source, ofStore)
    ofStore.set(algebra, { plan, version: source.version })
  }
  return plan
}

const plans = new WeakMap<QuadStore, WeakMap<Algebra, { readonly plan: Plan | undefined; readonly version: number }>>()

/** Whether our own engine answers a query, once its SERVICEs have been answered by others. */
export function isOurs(source: object, algebra: Algebra, options: PlanOptions): boolean {
  const hasServices = [...nodesOf(algebra)].some(({ type }) => type === 'service')
  const withoutServices = (): Algebra =>
    mapNodes(algebra, node => (node.type === 'service' ? { type: 'values', variables: [], bindings: [{}] } : node))
  return planOf(source, hasServices ? withoutServices() : algebra, options) !== undefined
}
