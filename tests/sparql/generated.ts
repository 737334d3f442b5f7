import fc from 'fast-check'

/** Arguments by kind, as SPARQL writes them, with the odd ones of each. */
const POOLS = {
  integer: [
    '0',
    '1',
    '-7',
    '42',
    '"+007"^^xsd:integer',
    '9007199254740993',
    '"5"^^xsd:byte',
    '"200"^^xsd:byte',
    '"-1"^^xsd:positiveInteger',
  ],
  decimal: ['0.0', '1.5', '-2.5', '2.50', '0.1', '123456789.123456789', '".5"^^xsd:decimal', '"7"^^xsd:decimal'],
  double: [
    '0e0',
    '-0e0',
    '1.5e0',
    '2.5e0',
    '-0.5e0',
    '1e6',
    '1e-7',
    '1e21',
    '"INF"^^xsd:double',
    '"-INF"^^xsd:double',
    '"NaN"^^xsd:double',
  ],
  float: ['"1.5"^^xsd:float', '"0.1"^^xsd:float', '"NaN"^^xsd:float', '"16777217"^^xsd:float'],
  string: [
    '""',
    '"abc"',
    '"aBc"',
    '"100"',
    '"1.50"',
    '" 7 "',
    '"true"',
    '"a\u{1F468}b"',
    '"\u00e9t\u00e9"',
    '"2024-02-29"',
    '"2024-02-29T24:00:00Z"',
    '"P1Y2M"',
    '"b c/d?e=(f)"',
    '"ab"^^xsd:token',
  ],
  language: ['"abc"@en', '"bc"@en', '"abc"@fr', '"abc"@en-GB', '""@en', '"abc"@en--ltr', '"bc"@en--rtl'],
  boolean: ['true', 'false', '"1"^^xsd:boolean', '"yes"^^xsd:boolean'],
  dateTime: [
    '"2024-02-29T12:30:45.250Z"^^xsd:dateTime',
    '"2024-02-29T12:30:45"^^xsd:dateTime',
    '"2024-03-01T02:30:45.25+14:00"^^xsd:dateTime',
    '"1999-12-31T24:00:00Z"^^xsd:dateTime',
    '"-0044-03-15T00:00:00Z"^^xsd:dateTime',
    '"2023-02-29T00:00:00Z"^^xsd:dateTime',
    '"12024-01-01T00:00:00-05:30"^^xsd:dateTime',
  ],
  date: [
    '"2024-02-29"^^xsd:date',
    '"2024-02-29Z"^^xsd:date',
    '"2024-03-01+10:00"^^xsd:date',
    '"2023-02-29"^^xsd:date',
    '"0000-01-01"^^xsd:date',
  ],
  time: [
    '"12:30:45"^^xsd:time',
    '"24:00:00"^^xsd:time',
    '"00:00:00Z"^^xsd:time',
    '"02:00:00.5+02:00"^^xsd:time',
    '"25:00:00"^^xsd:time',
  ],
  duration: [
    '"P1Y2M"^^xsd:yearMonthDuration',
    '"-P14M"^^xsd:yearMonthDuration',
    '"P1DT2H"^^xsd:dayTimeDuration',
    '"PT26H"^^xsd:dayTimeDuration',
    '"-PT0.5S"^^xsd:dayTimeDuration',
    '"P1YT1H"^^xsd:duration',
    '"P0M"^^xsd:duration',
    '"P"^^xsd:duration',
  ],
  other: ['"2024"^^xsd:gYear', '"a"^^<urn:unknown>', '"b"^^<urn:unknown>', '"urn:a"^^xsd:anyURI'],
  iri: ['<http://example.org/a>', '<urn:b>', '<http://example.org/%C3%A9>'],
  triple: [
    '<<( <urn:a> <urn:b> 1 )>>',
    '<<( <urn:a> <urn:b> 1.0 )>>',
    '<<( <urn:a> <urn:b> "c" )>>',
    '<<( <urn:a> <urn:b> "x"^^<urn:unknown> )>>',
  ],
  pattern: [
    '"b"',
    '"[a-c]+"',
    '"^a.c$"',
    '"A"',
    '"(a)(b)?"',
    '"x*"',
    '"["',
    '"\\\\d"',
    '"\\\\w+"',
    '"."',
    '"a b"',
    '"[a-z-[b]]"',
  ],
  flags: ['""', '"i"', '"s"', '"m"', '"x"', '"q"', '"iq"', '"z"'],
  replacement: ['"-"', '"$1"', '"[$0]"', '"$2x"', '"\\\\$"', '"$"', '"$12"'],
  tag: ['"en"', '"EN"', '"en-GB"', '"fr"', '""', '"*"', '"e"', '"not a tag"'],
  direction: ['"ltr"', '"rtl"', '"LTR"', '""'],
  place: ['0', '1', '2', '-1', '9', '1.5', '"1"', '"2"^^xsd:byte'],
  reference: ['"x"', '"../x/./y"', '"http://example.com/a/../b"', '"?q"', '"#f"', '"//h/p"', '"a b"', '""', '"urn:x"'],
  datatype: ['xsd:string', 'xsd:integer', '<urn:unknown>', 'rdf:langString'],
} as const

type Pool = keyof typeof POOLS
export type Kind = Pool | 'number' | 'text' | 'moment' | 'any'

/** Arguments of a kind; `any` of every kind of term that data has. */
export function argumentsOf(kind: Kind): readonly string[] {
  const pools = (names: readonly Pool[]): readonly string[] => names.flatMap(name => POOLS[name])
  switch (kind) {
    case 'number':
      return pools(['integer', 'decimal', 'double', 'float'])
    case 'text':
      return pools(['string', 'language'])
    case 'moment':
      return pools(['dateTime', 'date', 'time'])
    case 'any':
      return pools([
        'integer',
        'decimal',
        'double',
        'float',
        'string',
        'language',
        'boolean',
        'dateTime',
        'date',
        'time',
        'duration',
        'other',
        'iri',
        'triple',
      ])
    default:
      return POOLS[kind]
  }
}

/** What a function is given: its text in SPARQL with `$1` and so on for arguments of these kinds. */
export interface Signature {
  readonly text: string
  readonly kinds: readonly Kind[]
}

/** Calls of a function: all of them where they are few, else as many as `most`, chosen by a seed. */
export function calls({ text, kinds }: Signature, most: number): readonly string[] {
  const call = (args: readonly string[]): string => text.replace(/\$(\d)/g, (_, place) => args[Number(place) - 1]!)
  const pools = kinds.map(argumentsOf)
  const all = pools.reduce<readonly (readonly string[])[]>(
    (rows, pool) => rows.flatMap(row => pool.map(one => [...row, one])),
    [[]],
  )
  return (all.length <= most ? all : fc.sample(fc.constantFrom(...all), { numRuns: most, seed: 89 })).map(call)
}

const one = (name: string, kind: Kind = 'any'): Signature => ({ text: `${name}($1)`, kinds: [kind] })
const two = (name: string, a: Kind, b: Kind): Signature => ({ text: `${name}($1, $2)`, kinds: [a, b] })
const three = (name: string, a: Kind, b: Kind, c: Kind): Signature => ({ text: `${name}($1, $2, $3)`, kinds: [a, b, c] })
const between = (operator: string, a: Kind, b: Kind): Signature => ({ text: `($1 ${operator} $2)`, kinds: [a, b] })

const UNARY = [
  'STR',
  'LANG',
  'LANGDIR',
  'DATATYPE',
  'isIRI',
  'isBLANK',
  'isLITERAL',
  'isNUMERIC',
  'isTRIPLE',
  'hasLANG',
  'hasLANGDIR',
]
const STRINGS = ['STRLEN', 'UCASE', 'LCASE', 'ENCODE_FOR_URI', 'MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512']
const NUMBERS = ['ABS', 'CEIL', 'FLOOR', 'ROUND', '-', '+', '!!']
const MOMENTS = ['YEAR', 'MONTH', 'DAY', 'HOURS', 'MINUTES', 'SECONDS', 'TIMEZONE', 'TZ']
const TRIPLES = ['SUBJECT', 'PREDICATE', 'OBJECT']
const CASTS = [
  'string',
  'boolean',
  'integer',
  'decimal',
  'float',
  'double',
  'dateTime',
  'date',
  'time',
  'duration',
  'dayTimeDuration',
  'yearMonthDuration',
]
const OPERATORS = ['=', '!=', '<', '>', '<=', '>=']
const KINDS = ['number', 'text', 'boolean', 'moment', 'duration', 'other', 'iri', 'triple', 'any'] as const

/** Every function of SPARQL that gives the same for the same arguments, and every operator. */
export const SIGNATURES: readonly Signature[] = [
  ...[...UNARY, ...STRINGS, ...NUMBERS, ...MOMENTS, ...TRIPLES, ...CASTS.map(name => `xsd:${name}`)].map(name => one(name)),
  one('IRI'),
  one('IRI', 'reference'),
  ...['STRSTARTS', 'STRENDS', 'CONTAINS', 'STRBEFORE', 'STRAFTER', 'CONCAT'].flatMap(name => [
    two(name, 'text', 'text'),
    two(name, 'any', 'any'),
  ]),
  three('CONCAT', 'text', 'text', 'text'),
  two('SUBSTR', 'any', 'place'),
  three('SUBSTR', 'text', 'place', 'place'),
  two('LANGMATCHES', 'tag', 'tag'),
  two('STRDT', 'any', 'datatype'),
  two('STRLANG', 'any', 'tag'),
  three('STRLANGDIR', 'text', 'tag', 'direction'),
  two('REGEX', 'text', 'pattern'),
  three('REGEX', 'text', 'pattern', 'flags'),
  three('REPLACE', 'text', 'pattern', 'replacement'),
  { text: 'REPLACE($1, $2, $3, $4)', kinds: ['text', 'pattern', 'replacement', 'flags'] },
  three('TRIPLE', 'any', 'iri', 'any'),
  two('sameTerm', 'any', 'any'),
  ...OPERATORS.flatMap(operator => KINDS.map(kind => between(operator, kind, kind))),
  ...['+', '-', '*', '/'].flatMap(operator => [between(operator, 'number', 'number'), between(operator, 'any', 'any')]),
  ...['+', '-'].flatMap(operator => [between(operator, 'moment', 'duration'), between(operator, 'moment', 'moment')]),
]
