import { createReadStream } from 'node:fs'
import { bundled, sources } from '../measure.js'

/** The engine as it is inside the package. */
const INNER = `
  export { comunicaSource } from './query/comunica-source.ts'
  export { Plan } from './sparql/evaluation.ts'
  export { parseText } from './sparql/syntax/parser.ts'
  export { QuadStore } from './store/quad-store.ts'
  export { readStore } from './syntax/store.ts'`

export function inner() {
  return sources(INNER)
}

/** The same as a file. */
export function bundledInner(outfile) {
  return bundled(INNER, outfile)
}

/** Reads a file into a store. */
export async function load({ readStore }, file, store) {
  await readStore(createReadStream(file), { file, baseIRI: 'https://example.org/' }, store)
}

/** How texts are asked of a store. */
export function asking({ parseText, Plan }, store) {
  const planOf = text => new Plan(store, parseText(text, {}).algebra)
  return {
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
