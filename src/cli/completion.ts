import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { packageRoot } from '../project/core.ts'
import type { CommandRow, OptionRow } from './command.ts'
import { COLORS, COMMANDS, EVERYWHERE } from './commands/table.ts'

/** A word that may stand in a place of the command line, and what it is. */
export type Candidate = readonly [word: string, text?: string | undefined]

/** In the place of candidates: names of files or of folders, which a shell finds itself. */
export const [FILES, FOLDERS]: readonly [Candidate[], Candidate[]] = [[['<files>']], [['<folders>']]]

export const SHELLS = ['bash', 'zsh', 'fish'] as const

/**
 * The words that may stand in the place of the last of some words. Of the project only names are read, and no file is understood:
 * a person waits who pressed a key.
 *
 * @param words what follows `communique`, up to the word that is being written; that one is empty where it has not begun
 * @returns all that fit the place, however the last word begins; for `--name=…` the option with each of its values
 */
export async function candidates(words: readonly string[]): Promise<readonly Candidate[]> {
  const [line, last] = [readLine(words.slice(0, -1)), words.at(-1) ?? '']
  if (line.awaited !== undefined) return valuesOf(line.awaited, line)
  const [begin = '', name] = /^(--[\w-]+)=/.exec(last) ?? []
  const option = line.known.find(row => namesOf(row).includes(name ?? ''))
  if (option !== undefined) return (await valuesOf(option, line)).map(([word, text]) => [begin + word, text])
  if (last.startsWith('-') && !line.isOver) return optionsOf(line)
  return operandsOf(line) ?? optionsOf(line)
}

type Row = Omit<CommandRow, 'load'>

/** What the words before the last mean. */
interface Line {
  readonly command: Row | undefined
  readonly operands: readonly string[]
  /** The options that may stand here. */
  readonly known: readonly OptionRow[]
  readonly given: ReadonlyMap<OptionRow, string>
  /** The option whose value comes next. */
  readonly awaited: OptionRow | undefined
  /** Whether `--` ended the options. */
  readonly isOver: boolean
}

function readLine(words: readonly string[]): Line {
  const [given, operands] = [new Map<OptionRow, string>(), [] as string[]]
  let [command, awaited]: [Row | undefined, OptionRow | undefined] = [undefined, undefined]
  let [known, isOver]: [readonly OptionRow[], boolean] = [[...EVERYWHERE, HELP], false]
  for (const word of words) {
    if (awaited !== undefined) {
      given.set(awaited, word)
      awaited = undefined
    } else if (word === '--') isOver = true
    else if (word.startsWith('-') && !isOver) {
      const [, name, value] = /^([^=]+)=?(.*)$/s.exec(word) ?? []
      const option = known.find(row => namesOf(row).includes(name ?? ''))
      if (option === undefined) continue
      given.set(option, value ?? '')
      if (takesValue(option) && !word.includes('=')) awaited = option
    } else if (command === undefined) {
      command = ROWS.find(row => row.name === word) ?? UNKNOWN
      known = [...command.options, ...known]
    } else operands.push(word)
  }
  return { command, operands, known, given, awaited, isOver }
}

const HELP: OptionRow = ['-h, --help', 'help']
const UNKNOWN: Row = { name: '', args: '', summary: '', group: '', options: [] }
/** `help` is not in our table, since it is commander's. */
const ROWS: readonly Row[] = [...COMMANDS, { ...UNKNOWN, name: 'help', args: '[command]', summary: 'help on one command' }]

function namesOf([flags]: OptionRow): readonly string[] {
  return flags.match(/(?<![\w-])--?[\w-]+/g) ?? []
}

function takesValue([flags]: OptionRow): boolean {
  return flags.includes('<')
}

/** The options that are not given yet, by their long names. */
function optionsOf({ known, given }: Line): Candidate[] {
  return known
    .filter(option => !given.has(option) || option[2] === 'repeated')
    .filter(([, , kind]) => kind !== 'hidden')
    .map(option => [namesOf(option).at(-1)!, option[1]])
}

async function valuesOf(option: OptionRow, line: Line): Promise<readonly Candidate[]> {
  return (await VALUES[namesOf(option).at(-1)!]?.(line)) ?? []
}

type Finder = (line: Line) => readonly Candidate[] | Promise<readonly Candidate[]>

const VALUES: Readonly<Record<string, Finder>> = {
  '--color': () => COLORS.map(name => [name]),
  '--format': formatsOf,
  '--layer': async () => (await import('../project/layer.ts')).LAYERS.map(name => [name]),
  '--output': () => FILES,
  '--project': () => FOLDERS,
  '--protocol': async () => (await import('../endpoint/publish.ts')).PROTOCOLS.map(name => [name]),
  '--set': line => questionsOf(line).find(({ name }) => name === line.operands[0])?.parameters ?? [],
  '--tag': line => [...new Set(questionsOf(line).flatMap(({ tags }) => tags))].sort().map(tag => [tag]),
}

/** The formats of the commands that have some of their own. */
const FORMATS_OF: Readonly<
  Record<string, (line: Line) => Promise<readonly { readonly name: string; readonly mediaType?: string }[]>>
> = {
  diff: async () => (await import('../comparison/format.ts')).COMPARISON_FORMATS,
  draw: async () => (await import('../drawing/format.ts')).DRAWING_FORMATS,
  describe: async ({ given }) => {
    const isOntology = [...given.keys()].some(option => namesOf(option).includes('--ontology'))
    return (isOntology ? ['markdown', 'html'] : ['turtle', 'json']).map(name => ({ name }))
  },
}

async function formatsOf(line: Line): Promise<Candidate[]> {
  const own = FORMATS_OF[line.command?.name ?? '']
  const formats = own === undefined ? (await import('../results/format.ts')).FORMATS : await own(line)
  return formats.map(({ name, mediaType }) => (mediaType === undefined ? [name] : [name, mediaType]))
}

/** What may stand beside the options; undefined where nothing else may. */
function operandsOf(line: Line): readonly Candidate[] | undefined {
  if (line.command === undefined) return COMMAND_NAMES
  const kind = line.command.args.match(/[\w|]+/g)?.[line.operands.length]
  return kind === undefined ? undefined : OPERANDS[kind]?.(line)
}

const COMMAND_NAMES: readonly Candidate[] = ROWS.map(({ name, summary }) => [name, summary])

const OPERANDS: Readonly<Record<string, (line: Line) => readonly Candidate[]>> = {
  after: () => FILES,
  before: () => FILES,
  command: () => COMMAND_NAMES,
  document: line => documentsOf(line).map(name => [name]),
  file: () => FILES,
  folder: () => FOLDERS,
  object: thingsOf,
  question: line => questionsOf(line).map(({ name, summary }) => [name, summary]),
  shell: () => SHELLS.map(name => [name]),
  subject: thingsOf,
  thing: thingsOf,
  'thing|question': line => [...thingsOf(line), ...OPERANDS.question!(line)],
}

interface QuestionNames {
  readonly name: string
  readonly summary: string | undefined
  readonly tags: readonly string[]
  readonly parameters: readonly Candidate[]
}

/** What the headers of the questions say, line by line: to understand YAML takes longer than all else here. */
function questionsOf(line: Line): QuestionNames[] {
  const own = join(rootOf(line), 'queries')
  const folder = existsSync(own) ? own : join(packageRoot(), 'queries')
  return namesIn(folder).flatMap(file => {
    if (!file.endsWith('.rq')) return []
    const lines = textOf(join(folder, file)).split(/\r?\n/)
    const header = lines.flatMap(text => (text.startsWith('#+') ? text.slice(2).trimEnd() : [])).join('\n')
    const parameters = header.matchAll(/([\w-]+):\s*\{?\s*type:([^}\n]*)/g)
    return {
      name: file.slice(0, -'.rq'.length),
      summary: /^ ?summary: *(["']?)(.*)\1$/m.exec(header)?.[2],
      tags: /^ ?tags: *\[(.*)\]$/m.exec(header)?.[1]?.match(/[\p{L}\p{N}_-]+/gu) ?? [],
      parameters: [...parameters].map(([, name, rest]) => [`${name}=`, /label: *([^,]*)/.exec(rest!)?.[1]?.trim()]),
    }
  })
}

function documentsOf(line: Line): string[] {
  const data = join(rootOf(line), 'data')
  return namesIn(data).filter(name => existsSync(join(data, name, 'article.txt')))
}

/** The things that claims name. */
function thingsOf(line: Line): Candidate[] {
  const texts = documentsOf(line).map(name => textOf(join(rootOf(line), 'data', name, 'claims.md')))
  const slugs = texts.flatMap(text => [...text.matchAll(/(?<![\w:-])id:([a-z0-9]+(?:-[a-z0-9]+)*)/g)].map(([, slug]) => slug!))
  return [...new Set(slugs)].sort().map(slug => [slug])
}

/** The project folder, as `projectFolder` finds it. */
function rootOf({ known, given }: Line): string {
  const option = known.find(row => namesOf(row).includes('--project'))
  const told = option && given.get(option)
  if (told) return told.replace(/^~(?=\/|$)/, homedir())
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'data'))) return folder
    if (folder === dirname(folder)) return packageRoot()
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
