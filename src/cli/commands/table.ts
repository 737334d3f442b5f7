import type { Terminal } from '../terminal.ts'

export type Flags = Readonly<Record<string, unknown>>

/** A command's work: arguments and flags in, exit code out. */
export interface CommandModule {
  run(positionals: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number>
}

interface CommandRow {
  readonly name: string
  readonly args: string
  readonly summary: string
  readonly group: string
  readonly options: readonly (readonly [flags: string, text: string])[]
  load(): Promise<CommandModule>
}

/** Every command: its row here and a file beside it, loaded only when it runs. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'article',
    args: '[document]',
    summary: 'the text with sentence numbers',
    group: 'Commands:',
    options: [['--claims', 'show what each sentence gave, and the words left out']],
    load: () => import('./article.ts'),
  },
  {
    name: 'show',
    args: '<thing>',
    summary: 'everything known about one thing, each statement with its sentence',
    group: 'Commands:',
    options: [],
    load: () => import('./show.ts'),
  },
  {
    name: 'check',
    args: '',
    summary: 'the one gate: syntax, quotes, shapes, coverage, layers; exit 3 on a fault',
    group: 'Commands:',
    options: [],
    load: () => import('./check.ts'),
  },
  {
    name: 'why',
    args: '<subject> [predicate] [object]',
    summary: 'why a statement holds, down to the sentences; or a claim, by its id',
    group: 'More:',
    options: [],
    load: () => import('./why.ts'),
  },
  {
    name: 'draft',
    args: '<folder>',
    summary: 'lay out a new article for its annotator: data/my-article with its article.txt',
    group: 'More:',
    options: [['--language <tag>', 'language of the text, as a BCP 47 tag']],
    load: () => import('./draft.ts'),
  },
]
