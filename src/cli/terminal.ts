import { inspect } from 'node:util'
import { CommuniqueError, type Fault } from '../error.ts'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** What a command writes to: data to `out`, words to `err`. Colour is decided for each stream. */
export interface Terminal {
  /** Columns of a line. */
  readonly width: number
  out(text: string): void
  /** Part of a line to `out`. */
  write(text: string): void
  /** Part of the text of a format that programs read: byte for byte, unless it goes to a terminal. */
  data(text: string): void
  err(text: string): void
  /** Text that is shown in a style where the stream has colour. */
  style(style: Style, text: string): string
  /** A line of progress on a terminal that is wiped by the next one. */
  progress(text: string): void
}

/**
 * The terminal of this process.
 *
 * @param color `always`, `never`, or `auto`: on a terminal, unless NO_COLOR is set (https://no-color.org); FORCE_COLOR wins
 */
export function terminal(color: string): Terminal {
  // Styles travel as marks that no data can hold, being drawn when it is there; only when all else is made visible do they become
  // colours.
  const mark = `${Math.random().toString(36)}${Math.random().toString(36)}`.replaceAll('.', '')
  const marks = new RegExp(`${mark}<(/?)(\\w+)>`, 'g')
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    const colored = hasColor(color, stream)
    const painted = visible(text).replace(marks, (_, end: string, style: Style) =>
      colored ? `\u001b[${inspect.colors[style]![end === '' ? 0 : 1]}m` : '',
    )
    stream.write(painted)
  }
  return {
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    out: text => write(process.stdout, `${text}\n`),
    write: text => write(process.stdout, text),
    data: text => process.stdout.write(process.stdout.isTTY ? visible(text.replace(/\r\n/g, '\n')) : text),
    err: text => write(process.stderr, `${text}\n`),
    style: (style, text) => `${mark}<${style}>${text}${mark}</${style}>`,
    progress: text => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
    },
  }
}

function hasColor(color: string, stream: NodeJS.WriteStream): boolean {
  if (color !== 'auto') return color === 'always'
  const { FORCE_COLOR, NO_COLOR } = process.env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return stream.isTTY === true && (NO_COLOR ?? '') === ''
}

/**
 * Control characters and turns of direction made visible, so that no text can steer a terminal. Line ends and tabs stay.
 *
 * @example visible('a\u001b[31mb') // 'a\\u001b[31mb'
 */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
  return text.replace(control, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Text broken between words.
 *
 * @param width of each line without its indent; a longer word stands on a line of its own
 * @param indent before each line but the first, which the caller has begun
 * @example wrap('who was elected to what', 12, '  ') // 'who was\n  elected to\n  what'
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join(`\n${indent}`)
}

/** A fault: what, where with a caret, how to mend. */
export function faultText(fault: Fault, { style, width }: Pick<Terminal, 'style' | 'width'>): string {
  const { file, line, column, text, length } = fault.where ?? {}
  const spot = [file, line, column].filter(part => part !== undefined).join(':')
  const lines = [`${style('red', `error[${fault.code}]`)} ${spot === '' ? '' : `${style('bold', spot)}: `}${oneLine(fault.what)}`]
  if (text !== undefined && line !== undefined) lines.push(...excerpt(text, line, column ?? 1, length ?? 1, width))
  const place = [fault.claim && `claim ${fault.claim}`, fault.sentence && `sentence ${fault.sentence}`].filter(Boolean).join(', ')
  const quote = fault.quote === undefined ? '' : `: “${oneLine(fault.quote)}”`
  for (const words of [place === '' ? undefined : `${place}${quote}`, fault.mend])
    if (words !== undefined) lines.push(`  ${wrap(words, width - 4, '    ')}`)
  return lines.join('\n')
}

/** Words that a text has over several lines. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** The line at fault with carets under the columns; of a long line the part around them. */
function excerpt(text: string, line: number, column: number, length: number, width: number): string[] {
  const gutter = ` ${line} | `
  const room = Math.max(20, width - gutter.length)
  const from = column <= room * 0.8 ? 0 : column - Math.floor(room / 2)
  const shown = `${from > 0 ? '…' : ''}${text.slice(from > 0 ? from + 1 : 0, from + room)}`
  const indent = column - 1 - from
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - indent)))
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length - 2)}| ${' '.repeat(indent)}${carets}`]
}

/** Faults of an error of ours; an unexpected error is told by its message. */
export function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof CommuniqueError) return error.faults
  return [
    {
      code: 'unexpected',
      what: error instanceof Error ? error.message : String(error),
      mend: 'this is a fault of communique: please report it with the command you ran',
    },
  ]
}
