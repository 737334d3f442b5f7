import type { CommandRow, OptionRow } from '../command.ts'

/** The heading over the five commands that most people need, and over the rest. */
const [FIRST, MORE] = ['Commands:', 'More:']

const ENDPOINT: OptionRow = ['--endpoint <url>', 'a SPARQL server that answers instead of the engine in here']
const ALLOW_PRIVATE: OptionRow = ['--allow-private', 'also addresses of this machine and of private networks']

const MIRROR: OptionRow = ['--mirror <url>', 'a server that SERVICE asks in the place of those it names; it may be asked']

const ASKING: readonly OptionRow[] = [
  ['-f, --format <name>', 'table (default), records, markdown, json, ndjson; srj, xml, csv, tsv; turtle'],
  ['--layer <name>', 'what plain patterns see: stated, inferred or linked'],
  ['--cite', 'citations in standard formats, too'],
  ['--no-cite', 'no citations'],
  ['--limit <rows>', 'most rows (default: 10000)'],
  ['--timeout <seconds>', 'most seconds (default: 30)'],
  ['--explain', 'the plan, and what each step of it had to do'],
  ['--engine <name>', 'communique (default) or comunica'],
  ['--full-iris', 'IRIs whole instead of labels'],
  ['--allow <host>', 'a server that SERVICE may ask, e.g. query.wikidata.org; twice for two', 'repeated'],
  MIRROR,
  ALLOW_PRIVATE,
  ENDPOINT,
  ['--offline', 'no connection: SERVICE is answered from snapshots and the cache'],
  ['--snapshots', 'SERVICE is answered from snapshots where there are any'],
]

/** Of commands whose answer may go to a file. */
const OUTPUT: OptionRow = ['-o, --output <file>', 'a file instead of stdout, written whole or not at all']

/** Options that stand before or after a command. */
export const EVERYWHERE: readonly OptionRow[] = [
  ['--json', 'answer as JSON'],
  ['--project <dir>', 'project folder'],
  ['--color <when>', 'colour'],
]

export const COLORS: readonly string[] = ['auto', 'always', 'never']

/** Every command: its row here and a file beside it, loaded only when it runs. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'ask',
    args: '[question]',
    summary: 'answer a saved question, each row with its sentence (no name: list them)',
    group: FIRST,
    options: [
      ['--set <name=value>', 'value of a parameter; twice for two values; any for any', 'repeated'],
      ['--all', 'answer all questions'],
      ['--tag <tag>', 'only questions with a tag, e.g. starter'],
      ...ASKING,
    ],
    load: () => import('./ask.ts'),
  },
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
    name: 'export',
    args: '[format]',
    summary: 'hand the graph over: turtle, jsonld, trig, tables ... (no format: list them)',
    group: FIRST,
    options: [
      ['--layer <name>', 'stated (default), inferred or linked'],
      ['--dataset', 'all graphs: claims, provenance, inferences, vocabulary (not turtle, which has no graphs)'],
      ['--graph <iri>', 'one graph, e.g. s12-1'],
      ['--thing <name>', 'framed: this thing with what it refers to; twice for two', 'repeated'],
      ['--no-text', "without the article's words; hash and offsets stay"],
      ['--base <iri>', 'IRIs below another base (the vocabulary keeps its own)'],
      ['--iri-map <file>', 'with --base: write a table of old and new IRIs'],
      ['--spreadsheet', 'tables: no cell that a spreadsheet takes for a formula'],
      ['-o, --output <file>', 'write to a file'],
    ],
    load: () => import('./export.ts'),
  },
  {
    name: 'query',
    args: '[file]',
    summary: 'run SPARQL of your own (a file, - for stdin, or -e "SELECT …")',
    group: FIRST,
    options: [['-e, --execute <text>', 'the text of the query'], ...ASKING],
    load: () => import('./query.ts'),
  },
  {
    name: 'why',
    args: '<subject> [predicate] [object]',
    summary: 'why a statement holds; or a claim, by its id',
    group: MORE,
    options: [],
    load: () => import('./why.ts'),
  },
  {
    name: 'convert',
    args: '[file]',
    summary: 'RDF of one syntax into another (- for stdin); nothing is fetched',
    group: MORE,
    options: [
      ['--to <syntax>', 'turtle, trig, ntriples, nquads, jsonld (default: by the file of -o)'],
      ['--from <syntax>', 'these and rdfxml (default: by the extension)'],
      ['--base <iri>', 'what relative IRIs are resolved against'],
      ['--graph <iri>', 'only the triples of this graph'],
      ['--context <file>', 'jsonld: names of this context'],
      ['--frame <file>', 'jsonld: in the shape of this frame'],
      ['--unstable', 'blank nodes keep their labels: the only way for more than 100,000'],
      ['-o, --output <file>', 'write to a file'],
    ],
    load: () => import('./convert.ts'),
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
    name: 'test',
    args: '[question]',
    summary: 'compare answers with the expected ones; exit 3 on a difference',
    group: MORE,
    options: [['--update', 'write the answers as the expected ones'], ENDPOINT, ALLOW_PRIVATE],
    load: () => import('./test.ts'),
  },
  {
    name: 'draw',
    args: '[thing|question]',
    summary: 'a picture of the claims, of one thing, or of the triples that a question gives',
    group: MORE,
    options: [
      ['--set <name=value>', 'value of a parameter of the question', 'repeated'],
      ['-f, --format <name>', 'svg (default), dot (Graphviz), mermaid (for Markdown on GitHub)'],
      OUTPUT,
    ],
    load: () => import('./draw.ts'),
  },
  {
    name: 'describe',
    args: '[file]',
    summary: 'the dataset in VoID and DCAT; of a file of RDF its source, hash, date and licence',
    group: MORE,
    options: [
      ['--ontology', 'the vocabulary as a reference page, term by term'],
      ['--from <syntax>', 'of the file (default: by its extension)'],
      ['-f, --format <name>', 'turtle (default) or json; of the vocabulary markdown (default) or html'],
      OUTPUT,
    ],
    load: () => import('./describe.ts'),
  },
  {
    name: 'link',
    args: '[action] [thing] [target]',
    summary: 'tie things to open data: suggest, accept, reject, unsure, none, withdraw, status (default), snapshot',
    group: MORE,
    options: [
      ['--from <file>', 'a file or folder of RDF to look in; snapshot: what the mirror has; twice for two', 'repeated'],
      ['--by <agent>', 'who decides, e.g. link-reviewer'],
      [
        '--as <relation>',
        'owl:sameAs (default), schema:sameAs (its page), rdfs:seeAlso; of topics skos:exactMatch (default), closeMatch',
      ],
      ['--keys <list>', 'what agrees, if that is more than the tool saw: name,country'],
      ['--comment <text>', 'why'],
      ['--allow <host>', 'snapshot: a host that may be asked', 'repeated'],
      ['--mirror <url>', 'snapshot: a server that is asked in the place of those that SERVICE names'],
      ['--allow-private', 'snapshot: also hosts of this machine and network'],
      ['--licence <iri>', 'snapshot: of what is taken over (default: those of the files)'],
      ['--attribution <text>', 'snapshot: whom to name'],
      ['--automatic', 'suggest: accept where two independent keys agree, as the verdict of the tool; never a person'],
    ],
    load: () => import('./link.ts'),
  },
  {
    name: 'diff',
    args: '<before> [after]',
    summary: 'what differs between two folders, git revisions or RDF files; exit 3 on a difference',
    group: MORE,
    options: [
      ['-f, --format <name>', 'text (default), markdown for a pull request, json'],
      ['--no-questions', 'ask no questions'],
      ['--limit <lines>', 'most lines a section (default: 1000)'],
    ],
    load: () => import('./diff.ts'),
  },
  {
    name: 'compare',
    args: '[thing]',
    summary: 'what others say beside our statements: agrees, differs, silent; nothing is merged; exit 3 if something differs',
    group: MORE,
    options: [
      ['-f, --format <name>', 'text (default), markdown, json'],
      ['--allow <host>', 'a server that may be asked; without, the snapshots are', 'repeated'],
      MIRROR,
      ALLOW_PRIVATE,
      ['--offline', 'no connection: snapshots and the cache'],
    ],
    load: () => import('./compare.ts'),
  },
  {
    name: 'publish',
    args: '',
    summary: 'load the dataset into a SPARQL server, which can then answer with --endpoint',
    group: MORE,
    options: [
      ['--to <url>', 'the graph store of the server, or where it takes updates'],
      ['--protocol <name>', 'graph-store or update (default: asks the server)'],
      ['--endpoint <url>', 'where the server is queried, if elsewhere'],
      ['--replace', 'overwrite graphs of these names that another dataset put there'],
      ['--dry-run', 'list what would be sent; no connection is made'],
      ALLOW_PRIVATE,
    ],
    load: () => import('./publish.ts'),
  },
  {
    name: 'draft',
    args: '<folder>',
    summary: 'lay out a new article for its annotator',
    group: MORE,
    options: [['--language <tag>', 'language of the text, as a BCP 47 tag (default: en)']],
    load: () => import('./draft.ts'),
  },
  {
    name: 'completion',
    args: '<shell> [words...]',
    summary: 'TAB completes, in bash, zsh and fish: source <(communique completion bash)',
    group: MORE,
    options: [],
    load: () => import('./completion.ts'),
  },
]

export { MORE }
