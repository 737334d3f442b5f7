import { inner, load } from '../engine/communique.js'

/** Our own store and evaluator. */
export async function open() {
  const library = await inner()
  const { parseText, Plan, QuadStore } = library
  const store = QuadStore.of([])
  const planOf = text => new Plan(store, parseText(text, {}).algebra)
  return {
    load: file => load(library, file, store),
    each: (text, visit) => visitAll(planOf(text), visit),
    /** A plan that is kept. */
    prepared: text => {
      const plan = planOf(text)
      return visit => visitAll(plan, visit)
    },
  }
}

function visitAll(plan, visit) {
  for (const solution of plan.solutions()) if (visit(solution)) break
}
