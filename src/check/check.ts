import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import { checkCoverage } from './coverage.ts'
import { checkExpectedAnswers } from './expected-answers.ts'
import type { Finding } from './finding.ts'
import { checkLinks } from './links.ts'
import { checkMustNotClaim } from './must-not-claim.ts'
import { checkOutside } from './outside.ts'
import { checkQuestions } from './questions.ts'
import { checkQuotes } from './quotes.ts'
import { checkReferences } from './references.ts'
import { checkShapes } from './shapes.ts'
import { checkStatedLayer } from './stated-layer.ts'
import { checkSyntax } from './syntax.ts'
import { checkTerms } from './terms.ts'

/** One check by its name; one that looked at nothing has a fault. */
export interface Check extends Finding {
  readonly name: string
  /** How many of its faults an earlier check has told already; they do not stand in `faults` again. */
  readonly repeated: number
}

export interface CheckReport {
  readonly passed: boolean
  readonly checks: readonly Check[]
}

/** Every check, in the order in which their faults are best mended. */
const CHECKS: Readonly<Record<string, (project: Project) => Finding | Promise<Finding>>> = {
  syntax: checkSyntax,
  quotes: checkQuotes,
  coverage: checkCoverage,
  terms: checkTerms,
  references: checkReferences,
  'house rules': project => checkShapes(project, 'house-rules'),
  'shapes of claims': project => checkShapes(project, 'claim'),
  'shapes of the stated layer': project => checkShapes(project, 'stated'),
  'shapes of the inferred layer': project => checkShapes(project, 'inferred'),
  'shapes of provenance': project => checkShapes(project, 'provenance'),
  'stated layer': checkStatedLayer,
  'must not claim': checkMustNotClaim,
  links: checkLinks,
  outside: checkOutside,
  questions: checkQuestions,
  'expected answers': checkExpectedAnswers,
}

/**
 * The one gate: every check of a project.
 *
 * @param project as `readProject` gives it, with its faults
 * @param progress is told each check's name before it runs
 * @example (await check(project)).passed // true
 */
export async function check(project: Project, progress: (name: string) => void = () => {}): Promise<CheckReport> {
  const checks: Check[] = []
  const told = new Set<string>()
  for (const [name, run] of Object.entries(CHECKS)) {
    progress(name)
    const finding = await run(project)
    const found = [...nothingLookedAt(name, finding), ...finding.faults]
    const faults = found.filter(fault => !told.has(keyOf(fault)))
    for (const fault of faults) told.add(keyOf(fault))
    checks.push({ name, ...finding, faults, repeated: found.length - faults.length })
  }
  return { passed: checks.every(({ faults, repeated }) => faults.length + repeated === 0), checks }
}

function keyOf({ code, what, where }: Fault): string {
  return JSON.stringify([code, what, where?.file, where?.line])
}

function nothingLookedAt(name: string, { looked, unit, isOptional }: Finding): Fault[] {
  if (looked > 0 || isOptional === true) return []
  const what = `the check "${name}" found no ${unit} to look at`
  return [{ code: 'looked-at-nothing', what, mend: 'a check of nothing proves nothing: see whether files are missing' }]
}
