import type { CommandRow } from '../command.ts'

/** The heading over the five commands that most people need, and over the rest. */
const [FIRST, MORE] = ['Commands:', 'More:']

/** Every command: its row here and a file beside it, loaded only when it runs. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'article',
    args: '[document]',
    summary: 'the text, sentence by sentence; --claims: with what each gave',
    group: FIRST,
    options: [['--claims', 'show what each sentence gave, and the words left out']],
    load: () => import('./article.ts'),
  },
  {
    name: 'show',
    args: '<thing>',
    summary: 'everything known about one thing, with the sentences',
    group: FIRST,
    options: [],
    load: () => import('./show.ts'),
  },
  {
    name: 'why',
    args: '<subject> [predicate] [object]',
    summary: 'why a statement holds; or a claim, by its id',
    group: FIRST,
    options: [],
    load: () => import('./why.ts'),
  },
  {
    name: 'check',
    args: '',
    summary: 'the one gate: quotes, shapes, coverage; exit 3 on a fault',
    group: FIRST,
    options: [],
    load: () => import('./check.ts'),
  },
  {
    name: 'draft',
    args: '<folder>',
    summary: 'lay out a new article for its annotator',
    group: FIRST,
    options: [['--language <tag>', 'language of the text, as a BCP 47 tag (default: en)']],
    load: () => import('./draft.ts'),
  },
]

export { MORE }
