/** Where a fault lies: lines and columns count from 1; `text` is the line itself, shown with a caret under each of `length` columns. */
export interface Where {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly length?: number
  readonly text?: string
}

/** What a fault is, where it lies and how to mend it; `claim`, `sentence` and `quote` name the part of the article it touches. */
export interface FaultDetails {
  readonly what: string
  readonly where?: Where | undefined
  readonly mend?: string | undefined
  readonly claim?: string | undefined
  readonly sentence?: number | undefined
  readonly quote?: string | undefined
}

/** One fault found by a reader or a check. The code is stable and a heading of `docs/errors.md`. */
export interface Fault extends FaultDetails {
  readonly code: string
}

/**
 * The one error of the project. A reader that finds several faults throws them together: `faults` has all of them.
 *
 * @example new CommuniqueError('undeclared-prefix', { what: 'prefix "cmqq:" is not declared' }).message // 'error[undeclared-prefix] prefix "cmqq:" is not declared'
 */
export class CommuniqueError extends Error {
  readonly code: string
  readonly where: Where | undefined
  readonly what: string
  readonly mend: string | undefined
  readonly faults: readonly Fault[]

  constructor(code: string, details: FaultDetails & { cause?: unknown; faults?: readonly Fault[] | undefined }) {
    super(faultLine({ code, ...details }), details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'CommuniqueError'
    this.code = code
    this.where = details.where
    this.what = details.what
    this.mend = details.mend
    this.faults = details.faults ?? [{ code, ...plain(details) }]
  }
}

/** One line for a fault: `error[code] file:line:column: what; mend`. */
export function faultLine(fault: Fault): string {
  const { file, line, column } = fault.where ?? {}
  const place = [file, line, column].filter(part => part !== undefined).join(':')
  return `error[${fault.code}] ${place === '' ? '' : `${place}: `}${fault.what}${fault.mend === undefined ? '' : `; ${fault.mend}`}`
}

/** Throws all faults as one error; returns when there is none. */
export function throwFaults(faults: readonly Fault[]): void {
  const [first] = faults
  if (first === undefined) return
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  throw new CommuniqueError(first.code, { ...first, what: first.what + more, faults })
}

/** Does some work; the faults of an error of ours are added to `faults`, and what it would have given is undefined. */
export async function collectFaults<T>(faults: Fault[], work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CommuniqueError)) throw error
    faults.push(...error.faults)
    return undefined
  }
}

function plain({ what, where, mend, claim, sentence, quote }: FaultDetails): FaultDetails {
  return { what, where, mend, claim, sentence, quote }
}
