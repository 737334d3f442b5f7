const words = (text: string): readonly string[] => text.split(/\s+/)

/** How many arguments a function takes, and its name in algebra. */
export interface FunctionForm {
  readonly operator: string
  readonly least: number
  readonly most: number
}

const form = (least: number, most: number, names: string): [string, FunctionForm][] =>
  words(names).map(name => [name, { operator: name.toLowerCase(), least, most }])

/**
 * The functions that have a name instead of an IRI; `BOUND` and `EXISTS`, whose arguments are no expressions, are not among them.
 *
 * @see SPARQL 1.2 Query Language, 19.8 [141] BuiltInCall
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionForm> = new Map([
  ...form(
    1,
    1,
    `STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ
      MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC SUBJECT PREDICATE OBJECT ISTRIPLE LANGDIR HASLANG HASLANGDIR`,
  ),
  ...form(2, 2, 'LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM'),
  ...form(3, 3, 'IF TRIPLE STRLANGDIR'),
  ...form(2, 3, 'REGEX SUBSTR'),
  ...form(3, 4, 'REPLACE'),
  ...form(0, 0, 'RAND NOW UUID STRUUID'),
  ...form(0, 1, 'BNODE'),
  ...form(0, Number.POSITIVE_INFINITY, 'CONCAT COALESCE'),
])

/** @see SPARQL 1.1 Query Language, 19.8 [127] Aggregate */
export const AGGREGATES: ReadonlySet<string> = new Set(words('COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT'))

/** How a query begins. */
export const OPENINGS = words('SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE')
/** What may stand before the pattern. */
export const HEADS = words('DISTINCT REDUCED FROM WHERE')
/** What may stand behind the pattern. */
export const MODIFIERS = words('WHERE FROM GROUP HAVING ORDER LIMIT OFFSET VALUES')
/** The words of patterns and of all around them. */
export const KEYWORDS = [
  ...[OPENINGS, HEADS, MODIFIERS].flat(),
  ...words('OPTIONAL UNION MINUS GRAPH SERVICE SILENT FILTER BIND NOT EXISTS IN AS NAMED BY ASC DESC UNDEF'),
]
/** What is followed by parentheses. */
export const CALLS = [...AGGREGATES, ...FUNCTIONS.keys(), ...words('BOUND FILTER BIND HAVING ASC DESC')]

const UPDATES = words('INSERT DELETE DATA LOAD CLEAR CREATE DROP ADD MOVE COPY WITH INTO TO USING ALL DEFAULT')

/** Every word of SPARQL but `a`, in capitals. */
export const WORDS: ReadonlySet<string> = new Set([KEYWORDS, CALLS, UPDATES, words('TRUE FALSE SEPARATOR VERSION')].flat())
