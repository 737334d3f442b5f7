import fc from 'fast-check'
import type { Case } from './generated.ts'

/** What a kind of case has more of than others. Triple terms are in those of their own only. */
export const EMPHASES = ['optional', 'exists', 'expressions', 'values', 'sub-SELECT', 'paths', 'graphs', 'triple terms'] as const
export type Emphasis = (typeof EMPHASES)[number]

/** How many times more often the parts of a kind stand in a query: those of its own, and those that show whether they are right. */
const BOOSTS: Readonly<Record<Emphasis, Partial<Record<Emphasis, number>>>> = {
  optional: { optional: 4, expressions: 2 },
  exists: { exists: 4, optional: 2, expressions: 3, 'sub-SELECT': 2 },
  expressions: { expressions: 4 },
  values: { values: 4, optional: 2 },
  'sub-SELECT': { 'sub-SELECT': 4 },
  paths: { paths: 4 },
  graphs: { graphs: 4, optional: 2, expressions: 2 },
  'triple terms': {},
}

type Text = fc.Arbitrary<string>
type Weighted = { weight: number; arbitrary: Text }

// Few, so that they meet; the second but last is one that an engine might make up.
const VARIABLES = ['?x', '?x', '?x', '?y', '?y', '?y', '?z', '?z', '?v', '?x_0', '?n']
/** Those that get their value by AS are seldom in scope before, which would be a fault. */
const NEW = ['?n', '?m', '?k']
const PREDICATES = [':p', ':p', ':p', ':q', ':q', ':r']
const NODES = [':a', ':a', ':b', ':b', ':c']
const LITERALS = ['1', '1', '2', '2.0', '2.5', '"x"', '"x"@en', '"y"', 'true']
const TRIPLE_TERMS = ['<<( :a :p 1 )>>', '<<( :a :p :b )>>', '<<( :b :q :a )>>', '<<( :a :q <<( :a :p 1 )>> )>>']

const variable = fc.constantFrom(...VARIABLES)
const predicate = fc.constantFrom(...PREDICATES)
const graphName = fc.constantFrom(':g', ':h')
// One that is nowhere in the data.
const constant = fc.constantFrom(...NODES, ':e', ...LITERALS)
const list = (text: Text, minLength: number, maxLength: number, separator = ' '): Text =>
  fc.array(text, { minLength, maxLength }).map(texts => texts.join(separator))
const either = (...texts: string[]): Text => fc.constantFrom(...texts)
/** A text with others in the places of `%`. */
const filled = (template: string, ...parts: readonly Text[]): Text =>
  fc.tuple(...parts).map(texts => {
    const [first, ...rest] = template.split('%')
    return rest.reduce((text, next, index) => text + texts[index] + next, first!)
  })

/** A few triples of a default graph and two named ones. A blank node has different names in different engines. */
function dataset(emphasis: Emphasis, hasBlankNode: boolean): Text {
  const node = fc.constantFrom(...NODES, ...(hasBlankNode ? ['_:e'] : []))
  const terms = emphasis === 'triple terms' ? TRIPLE_TERMS : []
  const triple = filled('% % % .', node, predicate, fc.oneof(node, fc.constantFrom(...LITERALS, ...terms, ...terms)))
  const lines = (least: number, most: number): Text => list(triple, least, most)
  return fc.noBias(filled('%\n:g { % }\n:h { % }', lines(2, 10), lines(1, 6), lines(1, 6)))
}

function path(): Text {
  const { whole } = fc.letrec<{ whole: string }>(tie => ({
    whole: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'path' },
      predicate,
      either(':p*', ':q+', ':r?', '^:p', '!:p', '!(:p|:r)', '!^:q', '!(:p|^:q)', ':p/:q', ':p|:q', ':p*|:r', '(:p*/:q?)'),
      filled('(%/%)', tie('whole'), tie('whole')),
      filled('(%|%)', tie('whole'), tie('whole')),
      filled('(%)%', tie('whole'), either('*', '+', '?')),
      filled('^(%)', tie('whole')),
    ),
  }))
  return whole
}

/** A term of a pattern, now and then a triple term. */
function place(emphasis: Emphasis, terms: Text): Text {
  if (emphasis !== 'triple terms') return terms
  const variables = fc.oneof(variable, fc.constantFrom(...NODES))
  const inner = filled('<<( % % % )>>', variables, fc.oneof(predicate, variable), fc.oneof(variable, constant))
  return fc.oneof(terms, terms, inner, filled('<<( % % % )>>', variables, predicate, inner))
}

interface Grammar {
  readonly part: string
  readonly group: string
  readonly value: string
  readonly condition: string
  readonly select: string
}

/** The parts of a query, over a handful of variables and nested at most three deep. */
function grammar(emphasis: Emphasis): fc.LetrecValue<Grammar> {
  const weighted = (of: Emphasis | undefined, weight: number, arbitrary: Text): Weighted => ({
    weight: weight * ((of && BOOSTS[emphasis][of]) ?? 1),
    arbitrary,
  })
  const verb = fc.oneof(
    { weight: emphasis === 'paths' ? 2 : 6, arbitrary: predicate },
    { weight: 1, arbitrary: variable },
    { weight: emphasis === 'paths' ? 4 : 1, arbitrary: path() },
  )
  const subject = fc.oneof({ weight: 8, arbitrary: variable }, { weight: 2, arbitrary: fc.constantFrom(...NODES, ':e', '[]') })
  const pattern = filled(
    '% % % .',
    subject,
    verb,
    place(
      emphasis,
      fc.oneof({ weight: 12, arbitrary: variable }, { weight: 4, arbitrary: constant }, { weight: 1, arbitrary: either('[]') }),
    ),
  )
  // Ends that are not in the data have paths of no length.
  const end = fc.oneof(variable, variable, either(':a', ':e'))
  const way = filled('% % % .', end, path(), end)
  return fc.letrec<Grammar>(tie => {
    const [group, value, condition] = [tie('group') as Text, tie('value') as Text, tie('condition') as Text]
    // The name of the graph is not known within.
    const mention = emphasis === 'graphs' ? fc.oneof(variable, variable, either('?g')) : variable
    const exists = weighted('exists', 1, filled('%EXISTS { % }', either('', 'NOT '), group))
    return {
      part: fc.oneof(
        { maxDepth: 3, depthSize: 'small', depthIdentifier: 'group' },
        // The first is taken where no deeper nesting is allowed.
        weighted(undefined, 8, pattern),
        weighted('paths', 1, way),
        weighted('optional', 2, filled('OPTIONAL { % }', group)),
        weighted('optional', 1, filled('MINUS { % }', group)),
        weighted('optional', 1, filled('{ % } UNION { % }', group, group)),
        weighted('expressions', 2, filled('FILTER(%)', condition)),
        weighted('exists', 1, filled('FILTER %', exists.arbitrary)),
        weighted('expressions', 1, filled('BIND(% AS %)', value, fc.constantFrom(...NEW))),
        weighted(undefined, 1, filled('{ % }', group)),
        weighted('values', 1, values()),
        weighted(
          'sub-SELECT',
          1,
          (tie('select') as Text).map(text => `{ ${text.replace('FROM', '')} }`),
        ),
        weighted(
          'graphs',
          1,
          filled('GRAPH % { % }', fc.oneof(graphName, either('?g'), variable, either(':nowhere', '?g')), group),
        ),
      ),
      group: filled('% %', fc.oneof(pattern, pattern, fc.constant('')), list(tie('part') as Text, 0, 3)),
      value: fc.oneof(
        { maxDepth: 2, depthSize: 'small', depthIdentifier: 'value' },
        weighted(undefined, 4, mention),
        weighted(undefined, 2, constant),
        weighted(undefined, 1, filled('(% % %)', value, either('+', '-', '*'), value)),
        weighted(undefined, 1, filled('COALESCE(%, %)', value, value)),
        weighted(undefined, 1, filled('IF(%, %, %)', condition, value, value)),
        weighted(undefined, 2, filled('%(%)', either('STR', 'STRLEN', 'UCASE', 'LANG', 'DATATYPE'), value)),
        weighted(undefined, 1, filled('CONCAT(%, %)', value, value)),
        weighted(undefined, 1, condition),
      ),
      condition: fc.oneof(
        { maxDepth: 3, depthSize: 'small', depthIdentifier: 'value' },
        weighted(undefined, 4, filled('(% % %)', value, either('=', '!=', '<', '<=', '>'), value)),
        weighted(undefined, 2, filled('BOUND(%)', mention)),
        weighted(undefined, 1, filled('%(%)', either('ISIRI', 'ISLITERAL'), value)),
        weighted(undefined, 1, filled('SAMETERM(%, %)', value, value)),
        weighted(undefined, 1, filled('(% %IN (%, %))', value, either('', 'NOT '), value, value)),
        weighted(undefined, 1, filled('(% % %)', condition, either('&&', '||'), condition)),
        weighted(undefined, 1, filled('(!%)', condition)),
        // Errors would take most solutions away.
        weighted(undefined, 3, filled('COALESCE(%, true)', condition)),
        exists,
        weighted(undefined, 1, value),
      ),
      select: select(emphasis, group, value, condition),
    }
  })
}

/** VALUES of one column or more, with rows that have no value for some. */
function values(): Text {
  const row = (width: number): Text =>
    filled('(%)', list(fc.oneof({ weight: 4, arbitrary: constant }, fc.constant('UNDEF')), width, width))
  return fc
    .uniqueArray(variable, { minLength: 1, maxLength: 3 })
    .chain(names => list(row(names.length), 0, 4).map(rows => `VALUES (${names.join(' ')}) { ${rows} }`))
}

/** SELECT of every kind; `FROM` stands where a dataset may be described. */
function select(emphasis: Emphasis, group: Text, value: Text, condition: Text): Text {
  const names = fc.uniqueArray(variable, { minLength: 1, maxLength: 3 })
  const [distinct, isNew] = [either('', 'DISTINCT '), fc.constantFrom('?m', '?k')]
  const plain = fc.oneof(
    filled('SELECT %* FROM { % }', distinct, group),
    filled(
      'SELECT %% FROM { % }',
      distinct,
      names.map(columns => columns.join(' ')),
      group,
    ),
    filled('SELECT %% (% AS %) FROM { % }', distinct, variable, value, isNew, group),
  )
  const grouped = fc.oneof(
    filled('SELECT (COUNT(*) AS ?m) FROM { % }', group),
    filled('SELECT (% AS ?m) (% AS ?k) FROM { % }', aggregate(value), aggregate(value), group),
    names.chain(keys =>
      filled(`SELECT ${keys.join(' ')} (% AS ?m) FROM { % } GROUP BY ${keys.join(' ')}`, aggregate(value), group),
    ),
    filled('SELECT ?k (SAMPLE(?k) AS ?m) FROM { % } GROUP BY (% AS ?k)', group, value),
    variable.chain(key =>
      filled(`SELECT ${key} FROM { % } GROUP BY ${key} HAVING(%)`, group, fc.oneof(having(value), condition)),
    ),
  )
  // Triple terms have no order.
  if (emphasis === 'triple terms') return fc.oneof(plain, grouped)
  const slice = filled('%%', either('LIMIT 1', 'LIMIT 2', 'LIMIT 3', ''), either('', '', ' OFFSET 1'))
  const first = names.chain(columns =>
    filled(
      `SELECT %${columns.join(' ')} FROM { % } ORDER BY ${columns.map(() => '%').join(' ')} %`,
      distinct,
      group,
      ...columns.map(orderOf),
      slice,
    ),
  )
  return fc.oneof(plain, grouped, first)
}

/** Conditions by which all terms of a case have their places. */
function orderOf(name: string): Text {
  const keys = (value: (key: string) => string): string =>
    [`STR(${name})`, `LANG(${name})`, `DATATYPE(${name})`, name].map(value).join(' ')
  return either(
    keys(key => key),
    keys(key => `DESC(${key})`),
  )
}

/** Aggregates whose value does not depend on the order of solutions. An average may have more digits than one engine writes. */
function aggregate(value: Text): Text {
  return fc.oneof(
    either('COUNT(*)', 'COUNT(DISTINCT *)', 'COUNT(*) + 1'),
    filled('COUNT(%%)', either('', 'DISTINCT '), value),
    filled('SUM(%%)', either('', 'DISTINCT '), value),
    filled('SUM(%STRLEN(STR(%)))', either('', 'DISTINCT '), variable),
    filled('(AVG(%) < 2)', value),
    filled('%(STR(%))', either('MIN', 'MAX'), value),
    filled('%(STRLEN(%))', either('MIN', 'MAX'), value),
    filled('STRLEN(GROUP_CONCAT(%STR(%); SEPARATOR="|"))', either('', 'DISTINCT '), value),
  )
}

function having(value: Text): Text {
  return filled('% > 1', aggregate(value))
}

/** Queries of all forms, with FROM and VALUES behind them now and then, and the data that they are asked of. */
export function queries(emphasis: Emphasis, { hasBlankNode = false } = {}): fc.Arbitrary<Case> {
  const { group, select } = grammar(emphasis)
  const outside = fc.oneof(fc.constant(''), fc.constant(''), filled('OPTIONAL { % }', group), group)
  const existing = filled('SELECT * FROM { ?x % ?y . % FILTER %EXISTS { % } }', predicate, outside, either('', 'NOT '), group)
  const from = list(fc.oneof(filled('FROM %', graphName), filled('FROM NAMED %', graphName)), 0, 3)
  const template = list(
    filled('% % % .', fc.oneof(variable, either(':new', '_:new')), fc.oneof(predicate, variable), fc.oneof(variable, constant)),
    1,
    3,
  )
  const form = fc.oneof(
    { weight: 6, arbitrary: select },
    { weight: 2, arbitrary: filled('SELECT * FROM { % }', group) },
    {
      weight: emphasis === 'exists' ? 20 : 1,
      arbitrary: existing,
    },
    { weight: 1, arbitrary: filled('ASK FROM { % }', group) },
    { weight: 1, arbitrary: filled('CONSTRUCT { % } FROM WHERE { % }', template, group) },
    { weight: 1, arbitrary: filled('DESCRIBE % :a FROM WHERE { % }', variable, group) },
  )
  const query = fc.tuple(
    form,
    fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: from }),
    fc.oneof({ weight: 7, arbitrary: fc.constant('') }, { weight: 1, arbitrary: values() }),
  )
  return fc.record({
    trig: dataset(emphasis, hasBlankNode),
    query: query.map(([text, clauses, rows]) => `${text.replace('FROM', clauses)} ${rows}`.replace(/ +/g, ' ').trim()),
  })
}
