import type { Prefixes } from '../rdf/prefixes.ts'

/**
 * A mistake that people make in a query: a row of the tables below.
 *
 * `seen` shows the shapes of the tokens (`query-text.ts`) around the one at which the parser stopped, which stands behind `▸`. BEGIN
 * and END are those of the text; TERM is what may end a triple, NODE what may begin one. In the words for people `{0}` is the token
 * at fault, `{-1}` the one before it, and so on; names in braces are those of `detail` in `stop.ts`.
 */
export interface Mistake {
  readonly seen: RegExp
  readonly what: string
  readonly mend: string
  /** What is shown: a token, counted from that at fault; the bracket around it; or the end of the line before, if it begins a line. */
  readonly at?: number | 'gap' | 'open'
  /** The innermost bracket that is open; '' for none. */
  readonly within?: string
  /** The one kind of token that the parser expects there. */
  readonly expected?: string
}

const CLASSES: Readonly<Record<string, string>> = {
  TERM: String.raw`(?:\?v|<i>|<>|p:n?|"s"|@l|-?1|_:b|TRUE|FALSE|\]|\))`,
  NODE: String.raw`(?:\?v|<i>|p:n?|_:b|\[ \]|\( \)|\[|\()`,
  PATTERN: '(?:FILTER|OPTIONAL|MINUS|UNION|GRAPH|BIND|VALUES|SERVICE)',
  AGGREGATE: '(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)',
  OPERATOR: String.raw`(?:=|!=|<|>|<=|>=|&&|\|\||\+|-|\*|\/)`,
}

/** The picture of a row with its classes of shapes written out. */
export function picture(seen: RegExp): RegExp {
  const source = seen.source.replace(/TERM|NODE|PATTERN|AGGREGATE|OPERATOR/g, found => CLASSES[found]!)
  return new RegExp(`(?<= )(?:${source})(?= )`)
}

type Row = readonly [seen: RegExp, what: string, mend: string, more?: Pick<Mistake, 'at' | 'within' | 'expected'>]
const table = (...rows: Row[]): Mistake[] => rows.map(([seen, what, mend, more]) => ({ seen, what, mend, ...more }))

/** Faults of the grammar. The first row that fits is told. */
// biome-ignore format: a row is a line
export const MISTAKES: readonly Mistake[] = table(
  // Characters
  [/▸ "open/, 'the string that begins here is never closed', 'close it with {quote}'],
  [/▸ <open/, 'the IRI that begins here is never closed', 'close it with ">"'],
  [/▸ <spaced>/, 'an IRI has no spaces', 'write %20 for each'],
  [/▸ "\\"/, 'this string has a backslash that begins no escape', 'write \\\\ for a backslash'],
  [/▸ “s”/, 'quotation marks are straight in SPARQL', 'write "{bare}"'],
  [/"s" ▸ word/, 'the string ends before "{0}"', 'write \\ before a quotation mark within the string', { at: -1 }],
  [/▸ ␣/, 'this is no plain space', 'write a plain space'],
  [/▸ \\/, 'the code of a character is allowed in strings and IRIs only', 'write the character itself'],
  [/(p:n|<i>|\)) ▸ \/\/ (p:n|<i>|\()/, 'two steps of a path have one "/" between them', 'write one "/"'],
  [/▸ \/[/*]/, 'a comment does not begin with "{0}"', 'write # before the comment'],
  [/▸ http:\/\//, 'an IRI is written between "<" and ">"', 'write <{0}>'],

  // Operators of other languages
  [/▸ ===?/, '"{0}" is no operator of SPARQL', 'write ='],
  [/▸ (!==|<>)/, '"{0}" is no operator of SPARQL', 'write !='],
  [/▸ (=>|<=>)/, '"{0}" is no operator of SPARQL', 'write >='],
  [/▸ :=/, '"{0}" is no operator of SPARQL', 'write BIND({1} AS {-1})'],
  [/▸ &/, '"{0}" is no operator of SPARQL', 'write && for "and"'],
  [/▸ \|/, '"{0}" is no operator of SPARQL', 'write || for "or"', { within: '(' }],
  [/▸ \*\*/, '"{0}" is no operator of SPARQL', 'write one *'],
  [/▸ %/, '"{0}" is no operator of SPARQL', 'write {-1} - {1} * FLOOR({-1} / {1}) for the remainder'],

  // The beginning
  [/BEGIN ▸ \{ "s" p:/, 'this is JSON', 'send the text of the query alone'],
  [/▸ @l p: <i>/, 'this is how Turtle declares a prefix', 'write PREFIX {1} {2}'],
  [/PREFIX ▸ word <i>/, 'the prefix "{0}" has no colon', 'write PREFIX {0}: {1}'],
  [/PREFIX ▸/, 'PREFIX declares a name with a colon after it', 'write PREFIX name: <…>'],
  [/PREFIX p: ▸ "s"/, 'an IRI is written between "<" and ">"', 'write PREFIX {-1} <{bare}>'],
  [/PREFIX p: ▸/, 'PREFIX declares what "{-1}" stands for by an IRI', 'write PREFIX {-1} <…>', { at: 'gap' }],
  [/<i> ▸ [.;,]/, 'PREFIX and BASE have no "{0}" at the end', 'remove the "{0}"', { within: '' }],
  [/(BEGIN|<i>) ▸ \{/, 'the query does not say what it asks for', 'write SELECT * before the "{"', { within: '' }],
  [/(BEGIN|<i>) ▸ p: <i>/, 'PREFIX is missing before {0}', 'write PREFIX {0} {1}', { within: '' }],
  [/VERSION ▸/, 'VERSION takes a string', 'write VERSION "1.2"'],
  [/BEGIN ▸ NODE/, 'the query does not say what it asks for', 'write SELECT * WHERE { … } around the pattern'],

  // SELECT
  [/(SELECT|DISTINCT|REDUCED) ▸ (WHERE|\{|FROM)/, 'SELECT names no variable', 'write SELECT * for all of them'],
  [/SELECT [^{}]*▸ ,/, 'the variables of SELECT are written without commas', 'remove the commas', { within: '' }],
  [/SELECT [^{}]*▸ AGGREGATE \(/, '{0} in SELECT needs parentheses and a name', 'write ({call} AS ?{lower})', { within: '' }],
  [/\?v ▸ AS \?v/, 'a new name in SELECT needs parentheses', 'write ({-1} AS {1})', { at: -1, within: '' }],
  [/BIND \(.* ▸ [),]/, 'BIND does not say which variable gets the value', 'write BIND({inner} AS ?name)', { expected: 'AS' }],
  [/\( \?v ▸ \)/, 'a variable of SELECT is written without parentheses', 'write {-1}', { at: -1, expected: 'AS' }],
  [/▸ \) AS/, 'this ")" closes nothing', 'remove it', { expected: 'AS' }],
  [/AS \?v ▸/, '")" is missing after {-1}', 'write ")" after {-1}', { at: 'gap', within: '(' }],
  [/▸ [),]/, 'a calculated value needs a name', 'write ({inner} AS ?name)', { at: 'open', expected: 'AS' }],
  [/▸ \?v/, 'AS is missing before {0}', 'write AS {0}', { expected: 'AS' }],
  [/\) ▸ word \?v \)/, 'AS is missing before {1}', 'write AS {1}'],
  [/AS ▸ (word|"s")/, 'a variable begins with "?"', 'write ?{bare}'],
  [/SELECT [^{}]*▸ DISTINCT/, 'DISTINCT belongs directly after SELECT', 'write SELECT DISTINCT', { within: '' }],
  [/SELECT [^{}]*▸ (p:n?|<i>|a|_:b|"s")/, '"{" is missing before the pattern', 'write WHERE { before {-1}', { within: '' }],
  [/(SELECT|ASK|CONSTRUCT|DESCRIBE) ([^{}]* )?▸ END/, 'the query does not say what to look for', 'write WHERE { ?thing ?property ?value }'],
  [/FROM (NAMED )?▸ word/, 'FROM names a graph by an IRI, and no table', 'describe what you look for in WHERE { … }'],

  // Groups
  [/(WHERE|OPTIONAL|MINUS|EXISTS|UNION) ▸ (?!\{|word)\S+/, '"{" is missing after {-1}', 'write {-1} { … }', { at: 'gap' }],
  [/BIND ▸ (?!\()\S+/, 'BIND has parentheses around it', 'write BIND(… AS ?name)'],
  [/GRAPH ▸ (?!<i>|p:|\?v|word)\S+/, 'GRAPH does not say which graph', 'write GRAPH ?graph { … }'],
  [/GRAPH (\?v|<i>|p:n?) ▸/, '"{" is missing after GRAPH {-1}', 'write GRAPH {-1} { … }', { at: 'gap' }],
  [/▸ SELECT/, 'a sub-SELECT needs braces of its own', 'write { SELECT … }', { within: '{' }],
  [/CONSTRUCT WHERE \{ [^{}]*▸ (PATTERN|\{)/, 'CONSTRUCT WHERE takes triples only', 'write CONSTRUCT { … } WHERE { … }'],
  [/▸ UNION/, 'UNION stands between two groups in braces', 'write { … } around the pattern before UNION', { within: '{' }],
  [/▸ NOT EXISTS/, 'NOT EXISTS is a condition', 'write FILTER NOT EXISTS', { within: '{' }],
  [/▸ EXISTS/, 'EXISTS is a condition', 'write FILTER EXISTS', { within: '{' }],
  [/\} ▸ (SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)/, 'a second query begins here', 'ask one query at a time', { within: '' }],
  [/\} ▸ (PATTERN|TERM)/, '{0} is outside of the braces', 'move it before the last "}"', { within: '' }],
  [/(\}|TERM) ▸ [;.]/, 'a query has no "{0}" at the end', 'remove the "{0}"', { within: '' }],

  // VALUES
  [/VALUES \?v ▸ \(/, 'the values need braces', 'write VALUES {-1} { … }'],
  [/VALUES( \?v)+ ▸ \?v/, 'several variables of VALUES need parentheses', 'write VALUES ({-1} {0}) { (… …) }'],
  [/VALUES \?v ▸/, '"{" is missing after VALUES {-1}', 'write VALUES {-1} { … }', { at: 'gap' }],
  [/VALUES [^{}]*\{ [^{}]*▸ \?v (p:n?|<i>|a|\?v) TERM/, '"}" is missing after the values', 'write "}" after {-1}', { at: 'gap' }],
  [/VALUES \( [^()]*\) ▸ \(/, 'the rows of VALUES need braces', 'write { before them and } after them'],
  [/VALUES \?v \{ [^{}]*▸ \(/, 'values of one variable are written without parentheses', 'remove the parentheses'],
  [/VALUES \( [^()]*\) \{( \( [^()]*\))* ▸ (?!\()\S+/, 'a row of VALUES needs parentheses', 'write ({0} …)'],
  [/VALUES [^{}]*\{ [^{}]*▸ ,/, 'values are written without commas', 'remove the commas'],
  [/VALUES [^{}]*\{ [^{}]*▸ (\?v|_:b)/, 'VALUES takes IRIs, strings and numbers, and {0} is none', 'write UNDEF where there is no value'],

  // Conditions
  [/(FILTER|HAVING) ▸ \{/, '{-1} of a pattern needs EXISTS', 'write {-1} EXISTS {'],
  [/(FILTER|HAVING) ▸ (TERM|!)/, 'a condition needs parentheses', 'write {-1}({rest})'],
  [/FILTER [A-Z_]+ \( [^{}]*\) ▸ OPERATOR/, 'the whole condition needs parentheses', 'write FILTER(… {0} …)'],
  [/HAVING [A-Z_]+ \( [^{}]*\) ▸ OPERATOR/, 'the whole condition needs parentheses', 'write HAVING(… {0} …)'],
  [/▸ NOT (word )?\{/, 'NOT of a pattern needs EXISTS', 'write NOT EXISTS { … }'],
  [/▸ NOT (?!EXISTS|IN)\S+/, '"{0}" is no operator of SPARQL', 'write ! for "not"'],
  [/IN ▸ (?!\()\S+/, 'IN takes a list in parentheses', 'write IN ({0})'],
  [/TERM ▸ <i>/, 'the "<" begins an IRI here', 'write a space after the "<"', { within: '(' }],
  [/(\(|OPERATOR) ▸ (_:b|\[)/, 'a blank node is not allowed here', 'write an IRI or a variable', { within: '(' }],
  [/(\(|OPERATOR) ▸ <</, 'only a triple term is a value', 'write <<( … )>>', { within: '(' }],
  [/TERM ▸ (NODE|"s"|-?1|TRUE|FALSE)/, 'an operator is missing between {-1} and {0}', 'write one, such as = or &&', { within: '(' }],
  [/[A-Z]+ \( [^()]*TERM ▸ ,/, 'this function takes fewer arguments', 'remove the "," and what follows it', { within: '(' }],
  [/[A-Z]+ \( [^()]*TERM ▸ \)/, 'this function takes more arguments', 'write "," and one more before the ")"', { within: '(' }],
  [/OPERATOR ▸ (\)|\}|END)/, 'there is nothing after "{-1}"', 'write a value after it', { at: -1, within: '(' }],
  [/(\(|OPERATOR) ▸ OPERATOR/, 'there is nothing before "{0}"', 'write a value before it', { within: '(' }],

  // Order and number
  [/(LIMIT|OFFSET) ▸/, '{-1} takes a whole number', 'write {-1} 10'],
  [/BY ([^{}]* )?\?v (ASC|DESC) ▸/, '{-1} comes before what it sorts', 'write {-1}({-2})', { at: -1 }],
  [/BY ▸ (END|\}|HAVING|ORDER|LIMIT|OFFSET)/, 'there is nothing after BY', 'write a variable after it', { at: -1 }],
  [/(ASC|DESC) ▸ TERM/, 'what {-1} sorts needs parentheses', 'write {-1}({0})'],
  [/(\}|TERM) ▸ BY/, 'GROUP or ORDER is missing before BY', 'write ORDER BY'],
  [/(GROUP|ORDER) ▸/, 'BY is missing after {-1}', 'write {-1} BY'],
  [/BY [^{}]*▸ ,/, 'GROUP BY and ORDER BY have no commas', 'remove the commas', { within: '' }],
  [/\} ([^{}]* )?▸ (GROUP|HAVING|ORDER)/, '{0} comes too late', 'write GROUP BY, HAVING, ORDER BY and LIMIT in this order', { within: '' }],

  // Literals
  [/"s" ▸ \^/, 'a datatype is written after "^^"', 'write {-1}^^{1}'],
  [/\^\^ ▸ (word|"s")/, 'a datatype is an IRI', 'write ^^xsd:{bare}'],
  [/"s" ▸ @/, 'there is no language after "@"', 'write {-1}@en'],
  [/@l ▸ word/, 'a language tag has a hyphen', 'write {-1}-{subtag}', { at: -1 }],
  [/TERM ▸ @l/, 'only a string has a language', 'remove {0}'],

  // Paths
  [/(p:n?|<i>|\)) ▸ \{ 1/, 'a path does not count its steps', 'write each step: {-1}/{-1}'],
  [/(\{|\}|\.) \?v ▸ [/|]/, 'a step is missing before "{0}"', 'write an IRI before it', { within: '{' }],
  [/CONSTRUCT \{ [^{}]*▸ [*+?/|^]/, 'CONSTRUCT makes no paths', 'move the path to WHERE'],
  [/\?v ▸ [*+?/|]/, 'a path goes along IRIs, and {-1} is a variable', 'write an IRI for it', { at: -1, within: '{' }],
  [/[/|^!] ▸ \?v/, 'a path goes along IRIs, and {0} is a variable', 'write an IRI after "{-1}", or remove the "{-1}"', { within: '{' }],
  [/[/|^!] ▸ (?!word)\S+/, 'there is no step after "{-1}"', 'write an IRI after it', { at: -1, within: '{' }],

  // Triples
  [/\{ ▸ [.;,]/, 'there is nothing before "{0}"', 'remove the "{0}"', { within: '{' }],
  [/(\.|;) ▸ [.;,]/, 'there is nothing between "{-1}" and "{0}"', 'remove one of them', { within: '{' }],
  [/, ▸ [.;,}\]]/, 'there is nothing after ","', 'remove the ","', { at: -1 }],
  [/(\{|\}|\.) (p:n?|<i>) ▸ [*+?/|^]/, 'a path leads from one thing to another', 'write the first thing before {-1}', { at: -1, within: '{' }],
  [/(\{|\}|\.) (\[ \]|\( \)) ▸ ([.;,}]|PATTERN)/, 'nothing is said of this', 'write a property and a value after it', { at: -1, within: '{' }],
  [/\)>> ▸/, 'a triple term can only be a value', 'write << … >> for a triple of which something is said'],
  [/(\{|\}|\.) NODE ▸ ("s"|-?1|TRUE|FALSE|_:b|\[)/, 'a property is an IRI or a variable', 'write the property before {0}', { within: '{' }],
  [/(\{|\}|\.) NODE ▸ ([.;,}]|PATTERN)/, 'nothing is said of {-1}', 'write a property and a value after it', { at: 'gap', within: '{' }],
  [/(TERM|a|[*+?]) ▸ ([.;,}]|PATTERN)/, 'the value of {-1} is missing', 'write a term or a variable after {-1}', { at: 'gap', within: '{' }],
  [/(TERM|a|[*+?]) ▸ [.;,\]]/, 'the value of {-1} is missing', 'write a term or a variable after {-1}', { at: 'gap', within: '[' }],
  [/TERM ▸ (NODE|a|<>) [.;,}]/, 'a triple has three parts, and {0} is a fourth', 'write "," before a second value, "." before a new triple', { within: '{' }],
  [/TERM ▸ (\?v|p:n?|<i>|a) TERM [.;},]/, '";" is missing between two properties', 'write ";" after {-1}', { at: 'gap', within: '{' }],
  [/TERM ▸ (NODE|a)/, '"." is missing between two triples', 'write "." after {-1}', { at: 'gap', within: '{' }],
  [/TERM ▸ (NODE|a)/, '";" is missing between two properties', 'write ";" after {-1}', { at: 'gap', within: '[' }],
)

/** Faults of which no row above knows more than where they are. */
// biome-ignore format: a row is a line
export const OTHERS: readonly Mistake[] = table(
  [/(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|ADD|MOVE|COPY|WITH) ([^▸]* )?▸/, '{it} is not expected here', 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE: updates are refused'],
  [/▸/, '{it} is not expected here', 'write an operator, or ")"', { within: '(' }],
  [/▸/, '{it} is not expected here', 'write an IRI, a variable or a literal: here are no paths and lists', { within: '<<' }],
  [/▸/, '{it} is not expected here', 'write an IRI, a variable or a literal: here are no paths and lists', { within: '<<(' }],
  [/▸/, '{it} is not expected here', 'write a property and a value, or "]"', { within: '[' }],
  [/▸/, '{it} is not expected here', 'write a triple, a word such as FILTER or OPTIONAL, or "}"', { within: '{' }],
  [/(BEGIN|(PREFIX p:|BASE) <i>) ▸/, 'a query does not begin with {it}', 'write SELECT, ASK, CONSTRUCT or DESCRIBE'],
  [/\} ([^{}]* )?▸/, '{it} is not expected here', 'write GROUP BY, HAVING, ORDER BY, LIMIT or OFFSET, or end the query', { within: '' }],
  [/▸/, '{it} is not expected here', 'write WHERE { and the pattern'],
)

/** Words that stand for nothing in SPARQL, by their place. */
// biome-ignore format: a row is a line
export const NAMES: readonly Mistake[] = table(
  [/BEGIN ▸/, 'a query does not begin with "{0}"', 'write SELECT, ASK, CONSTRUCT or DESCRIBE'],
  [/▸ word \(/, 'SPARQL has no function "{0}"', 'write one of SPARQL, or the IRI of another'],
  [/▸/, '"{0}" is neither a variable nor a string', 'write ?{0}, or "{0}"', { within: '(' }],
  [/(a|\{|\}|\.|;|(\{|\}|\.) NODE) ▸/, '"{0}" has no prefix', 'write {prefix}:{0}', { within: '{' }],
  [/▸/, '"{0}" has no prefix, and is no string', 'write {prefix}:{0}, or "{0}"', { within: '{' }],
  [/SELECT ([^{}]* )?▸|BY ([^{}]* )?▸/, 'a variable begins with "?"', 'write ?{0}', { within: '' }],
  [/▸/, '"{0}" is no word of SPARQL', 'remove it'],
)

/** Words of other languages, and what SPARQL has in their place. */
export const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  AND: 'write && for "and"',
  OR: 'write || for "or"',
  XOR: 'write != between two conditions in parentheses',
  LIKE: 'write CONTAINS(STR({-1}), {sought})',
  ILIKE: 'write CONTAINS(LCASE(STR({-1})), {sought})',
  BETWEEN: 'write {-1} >= {1} && {-1} <= …',
  IS: 'write !BOUND({-1}) for "is null"',
  NULL: 'write !BOUND(?name) for "is null"',
  BINDINGS: 'write VALUES',
  CASE: 'write IF(condition, value, other value)',
  MATCH: 'this is Cypher: write SELECT * WHERE { … } with a triple for each arrow',
  RETURN: 'this is Cypher: name the variables after SELECT',
  JOIN: 'write both patterns in one group: they are joined by the variables they share',
  TOP: 'write LIMIT {1} at the end',
  UPDATE: 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE: nothing is changed here',
  LOWER: 'write LCASE',
  UPPER: 'write UCASE',
  LEN: 'write STRLEN',
  LENGTH: 'write STRLEN',
  SUBSTRING: 'write SUBSTR',
  STARTSWITH: 'write STRSTARTS',
  ENDSWITH: 'write STRENDS',
  ISNULL: 'write !BOUND',
}

/** Well-known prefixes beyond those of the project: Wikidata's, DBpedia's and a few of the field. */
export const MORE_PREFIXES: Prefixes = {
  dbo: 'http://dbpedia.org/ontology/',
  dbp: 'http://dbpedia.org/property/',
  dbr: 'http://dbpedia.org/resource/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dct: 'http://purl.org/dc/terms/',
  geo: 'http://www.opengis.net/ont/geosparql#',
  gn: 'http://www.geonames.org/ontology#',
  p: 'http://www.wikidata.org/prop/',
  pq: 'http://www.wikidata.org/prop/qualifier/',
  ps: 'http://www.wikidata.org/prop/statement/',
  wd: 'http://www.wikidata.org/entity/',
  wdt: 'http://www.wikidata.org/prop/direct/',
  wikibase: 'http://wikiba.se/ontology#',
}
