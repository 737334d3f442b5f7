import { parse as parseYaml } from 'yaml'
import type { Fault } from '../error.ts'

/**
 * One block of a claims file, as its author wrote it: a heading, a quote, a few fields, statements in Turtle.
 * Lines count from 1 in the file.
 */
export interface ClaimBlock {
  readonly title: string
  readonly line: number
  readonly quote?: { readonly text: string; readonly line: number }
  readonly fields: readonly Field[]
  readonly turtle?: { readonly text: string; readonly line: number }
}

/** A line `- name: value`. */
export interface Field {
  readonly name: string
  readonly value: string
  readonly line: number
}

export interface ClaimsFile {
  readonly file: string
  readonly header: ReadonlyMap<string, string>
  readonly blocks: readonly ClaimBlock[]
  readonly faults: readonly Fault[]
}

/** The names that a field may have, with what its value is. */
export const FIELDS: ReadonlyMap<string, string> = new Map([
  ['voice', 'who says so, when it is not the author: id:slug'],
  ['status', 'Asserted (default), Plan, Evaluation, CausalExplanation, Expectation or Necessity'],
  ['uttered in', 'the speech or remark in which it was said: id:slug'],
  ['resolved by', 'words of the text that say whom "he" or "the Organization" means'],
  ['because', 'why the curator classifies or infers so'],
  ['inferred from', 'ids of claims, separated by commas'],
  ['source', 'outside evidence of an inference: <IRI> title'],
  ['assuming', 'what an inference takes for granted'],
  ['certainty', 'HighCertainty or MediumCertainty'],
  ['left out', 'why a quote gives no statement'],
  ['withdrawn', 'why a claim no longer stands; its number is kept'],
])

/**
 * Reads a claims file: Markdown of a strict, small form. `## title` opens a block; `> words` is its quote;
 * `- name: value` a field; a fence ```` ```turtle ```` holds its statements. Other headings and plain paragraphs are
 * for people and are passed over.
 *
 * @returns all blocks and all faults: a line that fits nothing is a fault, never dropped
 */
export function readClaimsFile(text: string, file: string): ClaimsFile {
  const faults: Fault[] = []
  const lines = text.split(/\r?\n/)
  const fault = (code: string, line: number, what: string, mend: string): void => {
    faults.push({ code, what, where: { file, line, column: 1, text: lines[line - 1] ?? '' }, mend })
  }
  let index = 0
  const header = new Map<string, string>()
  if (lines[0] === '---') {
    const close = lines.indexOf('---', 1)
    if (close < 0) fault('claims-header', 1, 'the header is not closed', 'add a line --- after it')
    else {
      for (const [key, value] of headerEntries(lines.slice(1, close).join('\n'), file, faults)) header.set(key, value)
      index = close + 1
    }
  }
  const blocks: ClaimBlock[] = []
  let open: { -readonly [K in keyof ClaimBlock]: ClaimBlock[K] } & { fields: Field[] } = { title: '', line: 0, fields: [] }
  const flush = (): void => {
    if (open.line > 0) blocks.push(open)
  }
  for (; index < lines.length; index++) {
    const line = lines[index]!
    const number = index + 1
    const heading = /^##\s+(.*\S)\s*$/.exec(line)
    if (heading) {
      flush()
      open = { title: heading[1]!, line: number, fields: [] }
    } else if (/^#\s/.test(line)) {
      flush()
      open = { title: '', line: 0, fields: [] }
    } else if (line.startsWith('>')) {
      const words = line.slice(1).trim()
      if (open.line === 0)
        fault(
          'claim-without-title',
          number,
          'a quote stands before any "## title"',
          'add a line "## what the claim says" above it',
        )
      else if (open.turtle)
        fault(
          'quote-after-statements',
          number,
          'a quote stands after the statements',
          'put the quote above the ```turtle fence, or begin a new "## title"',
        )
      else open.quote = open.quote ? { ...open.quote, text: `${open.quote.text} ${words}` } : { text: words, line: number }
    } else if (line.startsWith('- ')) {
      if (open.line === 0) continue
      const field = /^- ([a-z ]+):\s*(.*\S)\s*$/.exec(line)
      if (!field || !FIELDS.has(field[1]!)) {
        fault(
          'unknown-field',
          number,
          `"${line.slice(2, 40)}" is not a field of a claim`,
          `fields are: ${[...FIELDS.keys()].join(', ')}, each written "- name: value"`,
        )
      } else if (field[1] !== 'resolved by' && open.fields.some(({ name }) => name === field[1])) {
        fault(
          'field-twice',
          number,
          `the claim has two lines "- ${field[1]}:"`,
          'keep one of them; only "resolved by" may be repeated',
        )
      } else open.fields.push({ name: field[1]!, value: field[2]!, line: number })
    } else if (line.startsWith('```')) {
      const close = lines.findIndex((other, at) => at > index && other.startsWith('```'))
      if (close < 0) fault('unclosed-fence', number, 'the fence ``` is not closed', 'add a line ``` after the statements')
      else if (line.trim() !== '```turtle')
        fault('unknown-fence', number, `"${line}" is not a fence of statements`, 'write ```turtle')
      else if (open.line === 0)
        fault(
          'claim-without-title',
          number,
          'statements stand before any "## title"',
          'add a line "## what the claim says" above them',
        )
      else if (open.turtle)
        fault('two-fences', number, 'a claim has two fences of statements', 'one proposition a claim: begin a new "## title"')
      else open.turtle = { text: lines.slice(index + 1, close).join('\n'), line: number + 1 }
      index = close < 0 ? lines.length : close
    } else if (/^ +\S/.test(line) && open.fields.length > 0 && !open.turtle) {
      const last = open.fields.pop()!
      open.fields.push({ ...last, value: `${last.value} ${line.trim()}` })
    }
  }
  flush()
  return { file, header, blocks, faults }
}

function headerEntries(text: string, file: string, faults: Fault[]): [string, string][] {
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 0 })
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
    return Object.entries(value).map(([key, entry]) => [key, String(entry)])
  } catch (error) {
    const position = (error as { linePos?: [{ line: number; col: number }] }).linePos?.[0]
    faults.push({
      code: 'claims-header',
      what: 'the header is not valid YAML',
      where: { file, line: (position?.line ?? 1) + 1, column: position?.col ?? 1 },
      mend: 'write lines like "entered by: agent-name"',
    })
    return []
  }
}
