/** What a parser knows of a fault beyond its place. */
export interface FaultKnowledge {
  /** The kind of token that should stand there, if it is only one. */
  readonly expected?: string | undefined
  /** A prefix that is not declared. */
  readonly prefix?: string | undefined
  /** What is wrong and what to write, where the text is well formed and cannot be meant so. */
  readonly advice?: { readonly what: string; readonly mend: string } | undefined
}

/** Where and why a text is no SPARQL: `start` and `end` are UTF-16 code units of it, end exclusive. */
export class SyntaxFault extends Error {
  readonly start: number
  readonly end: number
  readonly knowledge: FaultKnowledge

  constructor(start: number, end: number, knowledge: FaultKnowledge) {
    const { expected, prefix, advice } = knowledge
    const unexpected = expected === undefined ? 'unexpected token' : `expected ${expected}`
    super(`${advice?.what ?? (prefix === undefined ? unexpected : `unknown prefix ${prefix}:`)} at offset ${start}`)
    this.name = 'SyntaxFault'
    this.start = start
    this.end = end
    this.knowledge = knowledge
  }
}
