import { Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { faultText } from '../../src/cli/terminal.ts'
import { CommuniqueError } from '../../src/error.ts'
import { parseQuery, select } from '../../src/query/engine.ts'
import { announceMissing, manifestEntries, mf, suiteFile, suitesFolder } from '../conformance/manifest.ts'

const prefixes = { cmq: 'https://w3id.org/communique/ns#' }

async function faultOf(text: string): Promise<CommuniqueError> {
  const error: unknown = await select(new Store(), text, { file: 'q.rq', prefixes }).catch((error: unknown) => error)
  if (error instanceof CommuniqueError) return error
  throw new Error(`no fault in: ${text}`, { cause: error })
}

/** A query, `line:column` of what is shown, what is wrong, how to mend it. */
type Row = readonly [query: string, place: string, what: string, mend: string]

// biome-ignore format: a mistake is two lines
const MISTAKES: readonly Row[] = [
  // Misspelt words
  ['SELEC ?x WHERE { ?x ?p ?o }',
    '1:1', '"SELEC" is no word of SPARQL', 'did you mean SELECT?'],
  ['SLECT ?x WHERE { ?x ?p ?o }',
    '1:1', '"SLECT" is no word of SPARQL', 'did you mean SELECT?'],
  ['select ?x wehre { ?x ?p ?o }',
    '1:11', '"wehre" is no word of SPARQL', 'did you mean WHERE?'],
  ['SELECT ?x FROM cmq:g WEHRE { ?x ?p ?o }',
    '1:22', '"WEHRE" is no word of SPARQL', 'did you mean WHERE?'],
  ['PREFX foaf: <http://xmlns.com/foaf/0.1/>\nSELECT ?x { ?x a foaf:Person }',
    '1:1', '"PREFX" is no word of SPARQL', 'did you mean PREFIX?'],
  ['SELECT DISTINT ?x { ?x ?p ?o }',
    '1:8', '"DISTINT" is no word of SPARQL', 'did you mean DISTINCT?'],
  ['SELECT ?p (COUNT(?x) AS ?n) { ?x ?p ?o } GRUOP BY ?p',
    '1:42', '"GRUOP" is no word of SPARQL', 'did you mean GROUP?'],
  ['SELECT ?x {\n  ?x ?p ?o\n  FILTR(?o > 3)\n}',
    '3:3', '"FILTR" is no word of SPARQL', 'did you mean FILTER?'],
  ['SELECT ?x { ?x ?p ?o optinal { ?x ?q ?r } }',
    '1:22', '"optinal" is no word of SPARQL', 'did you mean OPTIONAL?'],
  ['SELECT ?x { ?x ?p ?o FILTER(CONTANS(?o, "a")) }',
    '1:29', '"CONTANS" is no word of SPARQL', 'did you mean CONTAINS?'],
  ['SELECT ?x { ?x ?p ?o } LIMT 3',
    '1:24', '"LIMT" is no word of SPARQL', 'did you mean LIMIT?'],
  ['Who was elected?',
    '1:1', 'a query does not begin with "Who"', 'write SELECT, ASK, CONSTRUCT or DESCRIBE'],
  ['SELECT ?x { ?x ?p ?o } please',
    '1:24', '"please" is no word of SPARQL', 'remove it'],

  // Words of other languages
  ['SELECT ?x { ?x ?p ?o FILTER(?o = 1 and ?p = 2) }',
    '1:36', '"and" is no word of SPARQL', 'write && for "and"'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o = 1 OR ?p = 2) }',
    '1:36', '"OR" is no word of SPARQL', 'write || for "or"'],
  ['SELECT ?x { ?x ?p ?o FILTER(not bound(?o)) }',
    '1:29', '"not" is no operator of SPARQL', 'write ! for "not"'],
  ["SELECT ?x { ?x ?p ?o FILTER(?o LIKE '%x%') }",
    '1:32', '"LIKE" is no word of SPARQL', "write CONTAINS(STR(?o), 'x')"],
  ['SELECT ?x { ?x ?p ?o FILTER(?o BETWEEN 1 AND 3) }',
    '1:32', '"BETWEEN" is no word of SPARQL', 'write ?o >= 1 && ?o <= …'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o IS NULL) }',
    '1:32', '"IS" is no word of SPARQL', 'write !BOUND(?o) for "is null"'],
  ['SELECT ?x { ?x ?p ?o FILTER(LOWER(?o) = "a") }',
    '1:29', '"LOWER" is no word of SPARQL', 'write LCASE'],
  ['SELECT ?x { ?x ?p ?o FILTER(FOOBAR(?o) = "a") }',
    '1:29', 'SPARQL has no function "FOOBAR"', 'write one of SPARQL, or the IRI of another'],
  ["SELECT * FROM table WHERE name = 'x'",
    '1:15', 'FROM names a graph by an IRI, and no table', 'describe what you look for in WHERE { … }'],
  ['SELECT TOP 10 ?x WHERE { ?x ?p ?o }',
    '1:8', '"TOP" is no word of SPARQL', 'write LIMIT 10 at the end'],
  ['MATCH (n:Person) RETURN n',
    '1:1', '"MATCH" is no word of SPARQL', 'this is Cypher: write SELECT * WHERE { … } with a triple for each arrow'],
  ['{"query": "SELECT * { ?s ?p ?o }"}',
    '1:1', 'this is JSON', 'send the text of the query alone'],
  ['@prefix foo: <http://example.org/> .\nSELECT ?x { ?x a foo:B }',
    '1:1', 'this is how Turtle declares a prefix', 'write PREFIX foo: <http://example.org/>'],

  // Signs of other languages
  ['SELECT ?x { ?x ?p ?o FILTER(?o = 1 & ?p = 2) }',
    '1:36', '"&" is no operator of SPARQL', 'write && for "and"'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o = 1 | ?p = 2) }',
    '1:36', '"|" is no operator of SPARQL', 'write || for "or"'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o == 1) }',
    '1:32', '"==" is no operator of SPARQL', 'write ='],
  ['SELECT ?x { ?x ?p ?o FILTER(?o <> 1) }',
    '1:32', '"<>" is no operator of SPARQL', 'write !='],
  ['SELECT ?x { ?x ?p ?o FILTER(?o !== 1) }',
    '1:32', '"!==" is no operator of SPARQL', 'write !='],
  ['SELECT ?x { ?x ?p ?o FILTER(?o => 1) }',
    '1:32', '"=>" is no operator of SPARQL', 'write >='],
  ['SELECT ?x { ?x ?p ?o BIND(?y := 1) }',
    '1:30', '":=" is no operator of SPARQL', 'write BIND(1 AS ?y)'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o % 2 = 0) }',
    '1:32', '"%" is no operator of SPARQL', 'write ?o - 2 * FLOOR(?o / 2) for the remainder'],
  ['SELECT ?x { ?x cmq:knows** ?y }',
    '1:25', '"**" is no operator of SPARQL', 'write one *'],
  ['SELECT ?x {\n  ?x ?p ?o . // all of it\n}',
    '2:14', 'a comment does not begin with "//"', 'write # before the comment'],
  ['SELECT ?x { ?x ?p “Bob” }',
    '1:19', 'quotation marks are straight in SPARQL', 'write "Bob"'],
  ['SELECT ?x { ?x ?p\u00a0?o }',
    '1:18', 'this is no plain space', 'write a plain space'],
  ['SELECT ?x { ?x \\u0061 cmq:Person }',
    '1:16', 'the code of a character is allowed in strings and IRIs only', 'write the character itself'],

  // Prefixes
  ['PREFIX foo <http://example.org/>\nSELECT ?x { ?x a foo:B }',
    '1:8', 'the prefix "foo" has no colon', 'write PREFIX foo: <http://example.org/>'],
  ['PREFIX foo: http://example.org/\nSELECT ?x { ?x a foo:B }',
    '1:13', 'an IRI is written between "<" and ">"', 'write <http://example.org/>'],
  ['PREFIX foo: "http://example.org/"\nSELECT ?x { ?x a foo:B }',
    '1:13', 'an IRI is written between "<" and ">"', 'write PREFIX foo: <http://example.org/>'],
  ['PREFIX foo: <http://example.org/> .\nSELECT ?x { ?x a foo:B }',
    '1:35', 'PREFIX and BASE have no "." at the end', 'remove the "."'],
  ['PREFIX foo:\nSELECT ?x { ?x a foo:B }',
    '1:12', 'PREFIX declares what "foo:" stands for by an IRI', 'write PREFIX foo: <…>'],
  ['PREFIX <http://example.org/>\nSELECT ?x { ?x a foo:B }',
    '1:8', 'PREFIX declares a name with a colon after it', 'write PREFIX name: <…>'],
  ['foo: <http://example.org/>\nSELECT ?x { ?x a foo:B }',
    '1:1', 'PREFIX is missing before foo:', 'write PREFIX foo: <http://example.org/>'],
  ['PREFIX foo: <http://example.org/\nSELECT ?x { ?x a foo:B }',
    '1:13', 'the IRI that begins here is never closed', 'close it with ">"'],

  // Strings and IRIs
  ["SELECT ?x { ?x ?p ?o FILTER(?o = 'a) }",
    '1:34', 'the string that begins here is never closed', "close it with '"],
  ['SELECT ?x {\n  ?x ?p """abc .\n}',
    '2:9', 'the string that begins here is never closed', 'close it with """'],
  ["SELECT ?x { ?x ?p 'it's' }",
    '1:19', 'the string ends before "s"', 'write \\ before a quotation mark within the string'],
  ['SELECT ?x { ?x ?p "C:\\path" }',
    '1:19', 'this string has a backslash that begins no escape', 'write \\\\ for a backslash'],
  ['SELECT ?x { ?x ?p "\\uD83C" }',
    '1:19', 'this holds half a character', 'write the character itself'],
  ['SELECT ?x { ?x ?p "5"^xsd:integer }',
    '1:22', 'a datatype is written after "^^"', 'write "5"^^xsd:integer'],
  ['SELECT ?x { ?x ?p "5"^^integer }',
    '1:24', 'a datatype is an IRI', 'write ^^xsd:integer'],
  ['SELECT ?x { ?x ?p "a"@en_US }',
    '1:22', 'a language tag has a hyphen', 'write @en-US'],
  ['SELECT ?x { ?x ?p "a"@ }',
    '1:22', 'there is no language after "@"', 'write "a"@en'],
  ['SELECT ?x { ?x ?p "a"@en--xyz }',
    '1:22', 'the direction of a text is ltr or rtl', 'write --ltr or --rtl after the language'],
  ['SELECT ?x { ?x ?p cmq:a@en }',
    '1:24', 'only a string has a language', 'remove @en'],
  ['SELECT ?x { ?x a http://example.org/Person }',
    '1:18', 'an IRI is written between "<" and ">"', 'write <http://example.org/Person>'],
  ['SELECT ?x { ?x ?p <http://example.org/a b> }',
    '1:19', 'an IRI has no spaces', 'write %20 for each'],
  ['SELECT ?x { ?x <http://example.org/a ?o }',
    '1:16', 'the IRI that begins here is never closed', 'close it with ">"'],
  ['SELECT ?x { ?x ?p ?o FILTER(?x<?o&&?o>3) }',
    '1:31', 'the "<" begins an IRI here', 'write a space after the "<"'],
  ['SELECT ?x { ?x ?p <rel> }',
    '1:19', '<rel> is relative, and nothing says to what', 'write the whole IRI, or BASE <…> at the beginning'],
  ['VERSION 1.2 SELECT ?x { ?x ?p ?o }',
    '1:9', 'VERSION takes a string', 'write VERSION "1.2"'],

  // What is asked for
  ['SELECT WHERE { ?x ?p ?o }',
    '1:8', 'SELECT names no variable', 'write SELECT * for all of them'],
  ['SELECT DISTINCT { ?x ?p ?o }',
    '1:17', 'SELECT names no variable', 'write SELECT * for all of them'],
  ['SELECT ?a, ?b { ?a ?p ?b }',
    '1:10', 'the variables of SELECT are written without commas', 'remove the commas'],
  ['SELECT name WHERE { ?x ?p ?name }',
    '1:8', 'a variable begins with "?"', 'write ?name'],
  ['SELECT ?x DISTINCT ?y { ?x ?p ?y }',
    '1:11', 'DISTINCT belongs directly after SELECT', 'write SELECT DISTINCT'],
  ['SELECT ?x ?x { ?x ?p ?o }',
    '1:11', '?x stands twice in SELECT', 'remove one of them'],
  ['SELECT COUNT(?x) { ?x ?p ?o }',
    '1:8', 'COUNT in SELECT needs parentheses and a name', 'write (COUNT(?x) AS ?count)'],
  ['SELECT (COUNT(?x)) { ?x ?p ?o }',
    '1:8', 'a calculated value needs a name', 'write (COUNT(?x) AS ?name)'],
  ['SELECT (COUNT(?x) ?n) { ?x ?p ?o }',
    '1:19', 'AS is missing before ?n', 'write AS ?n'],
  ['SELECT (COUNT(?x) sa ?n) { ?x ?p ?o }',
    '1:19', 'AS is missing before ?n', 'write AS ?n'],
  ['SELECT (COUNT(?x) AS n) { ?x ?p ?o }',
    '1:22', 'a variable begins with "?"', 'write ?n'],
  ['SELECT (COUNT(?x)) AS ?n) { ?x ?p ?o }',
    '1:18', 'this ")" closes nothing', 'remove it'],
  ['SELECT (COUNT(?x) AS ?n ?y { ?x ?p ?y }',
    '1:25', '")" is missing after ?n', 'write ")" after ?n'],
  ['SELECT DISTINCT(?x) { ?x ?p ?o }',
    '1:17', 'a variable of SELECT is written without parentheses', 'write ?x'],
  ['SELECT ?x AS ?y { ?x ?p ?o }',
    '1:8', 'a new name in SELECT needs parentheses', 'write (?x AS ?y)'],
  ['SELECT (1 AS ?y) { SELECT (2 AS ?y) {} }',
    '1:14', '?y already has a value in the pattern', 'write another name after AS'],
  ['{ ?s ?p ?o }',
    '1:1', 'the query does not say what it asks for', 'write SELECT * before the "{"'],
  ['?s ?p ?o',
    '1:1', 'the query does not say what it asks for', 'write SELECT * WHERE { … } around the pattern'],
  ['SELECT ?x',
    '1:10', 'the query does not say what to look for', 'write WHERE { ?thing ?property ?value }'],
  ['SELECT ?x { ?x ?p ?o } SELECT ?y { ?y ?p ?o }',
    '1:24', 'a second query begins here', 'ask one query at a time'],
  ['SELECT ?x { ?x ?p ?o };',
    '1:23', 'a query has no ";" at the end', 'remove the ";"'],

  // Groups and counts
  ['SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }',
    '1:8', '?x is neither grouped nor aggregated', 'write GROUP BY ?x'],
  ['SELECT ?x ?p (COUNT(?y) AS ?n) {\n  ?x ?p ?y\n} GROUP BY ?x ORDER BY ?n',
    '1:11', '?p is neither grouped nor aggregated', 'write GROUP BY ?x ?p'],
  ['SELECT ?x (SUM(?y) AS ?n) { ?x ?p ?y }',
    '1:8', '?x is neither grouped nor aggregated', 'write GROUP BY ?x'],
  ['SELECT * { { SELECT ?x (MAX(?y) AS ?n) { ?x ?p ?y } } ?x ?q ?n }',
    '1:21', '?x is neither grouped nor aggregated', 'write GROUP BY ?x'],
  ['SELECT ((?o + 1) AS ?m) (COUNT(?x) AS ?n) { ?x ?p ?o }',
    '1:10', '?o is neither grouped nor aggregated', 'write GROUP BY ?o'],
  ['SELECT ?x (COUNT(?y) AS ?n) { { ?x ?p ?y } } } GROUP BY ?x',
    '1:46', 'this "}" closes nothing', 'remove it, or write the "{" it belongs to'],
  ['SELECT * { ?x ?p ?o } GROUP BY ?x',
    '1:8', 'SELECT * cannot be grouped', 'name the variables of GROUP BY in place of *'],
  ['SELECT ?x { ?x ?p ?o FILTER(COUNT(?o) > 1) }',
    '1:29', 'COUNT is allowed in SELECT, HAVING and ORDER BY only', 'write HAVING(COUNT(?o) …) after the "}"'],
  ['SELECT (COUNT(SUM(?x)) AS ?y) { ?x ?p ?o }',
    '1:15', 'an aggregate cannot contain another', 'calculate the inner one in a sub-SELECT'],
  ['SELECT ?x { FILTER(cmq:f(DISTINCT ?x)) }',
    '1:26', 'DISTINCT belongs to aggregates such as COUNT', 'remove DISTINCT'],
  ['SELECT ?x { ?x ?p ?o } LIMIT ten',
    '1:30', 'LIMIT takes a whole number', 'write LIMIT 10'],
  ['SELECT ?x { ?x ?p ?o } LIMIT -1',
    '1:30', 'LIMIT takes a whole number', 'write LIMIT 10'],
  ['SELECT ?x { ?x ?p ?o } ORDER BY desc ?x',
    '1:38', 'what desc sorts needs parentheses', 'write desc(?x)'],
  ['SELECT ?x { ?x ?p ?o } ORDER BY ?x DESC',
    '1:36', 'DESC comes before what it sorts', 'write DESC(?x)'],
  ['SELECT ?x { ?x ?p ?o } ORDER BY ?x, ?o',
    '1:35', 'GROUP BY and ORDER BY have no commas', 'remove the commas'],
  ['SELECT ?x { ?x ?p ?o } ORDER ?x',
    '1:30', 'BY is missing after ORDER', 'write ORDER BY'],
  ['SELECT ?x { ?x ?p ?o } BY ?x',
    '1:24', 'GROUP or ORDER is missing before BY', 'write ORDER BY'],
  ['SELECT ?x { ?x ?p ?o } ORDER BY',
    '1:30', 'there is nothing after BY', 'write a variable after it'],
  ['SELECT ?x { ?x ?p ?o } LIMIT 3 ORDER BY ?x',
    '1:32', 'ORDER comes too late', 'write GROUP BY, HAVING, ORDER BY and LIMIT in this order'],

  // Triples
  ['SELECT ?x WHERE {\n  ?x a cmq:Person\n  ?x cmq:name ?n\n}',
    '2:18', '"." is missing between two triples', 'write "." after cmq:Person'],
  ['SELECT ?x WHERE {\n  ?x a cmq:Person\n  cmq:name ?n\n}',
    '2:18', '";" is missing between two properties', 'write ";" after cmq:Person'],
  ['SELECT ?x { ?x a cmq:Person ?x cmq:name ?n }',
    '1:29', '"." is missing between two triples', 'write "." after cmq:Person'],
  ['SELECT ?x { ?x cmq:knows ?y ?z . }',
    '1:29', 'a triple has three parts, and ?z is a fourth', 'write "," before a second value, "." before a new triple'],
  ['SELECT ?x { ?x ?p [ cmq:a 1 cmq:b 2 ] }',
    '1:29', '";" is missing between two properties', 'write ";" after 1'],
  ['SELECT ?x { ?x ?p }',
    '1:19', 'the value of ?p is missing', 'write a term or a variable after ?p'],
  ['SELECT ?x {\n  ?x ?p\n}',
    '2:8', 'the value of ?p is missing', 'write a term or a variable after ?p'],
  ['SELECT ?x { ?x ?p [ cmq:a ] }',
    '1:27', 'the value of cmq:a is missing', 'write a term or a variable after cmq:a'],
  ['SELECT ?x { ?x . ?y ?p ?o }',
    '1:16', 'nothing is said of ?x', 'write a property and a value after it'],
  ['SELECT ?x { [] . ?x ?p ?o }',
    '1:14', 'nothing is said of this', 'write a property and a value after it'],
  ['SELECT ?x { ; ?x ?p ?o }',
    '1:13', 'there is nothing before ";"', 'remove the ";"'],
  ['SELECT ?x { ?x ?p ?o , }',
    '1:22', 'there is nothing after ","', 'remove the ","'],
  ['SELECT ?x { ?x ?p ?o . ; ?q ?r }',
    '1:24', 'there is nothing between "." and ";"', 'remove one of them'],
  ['SELECT ?x { ?x a Person }',
    '1:18', '"Person" has no prefix', 'write cmq:Person'],
  ['SELECT ?x { ?x name ?y }',
    '1:16', '"name" has no prefix', 'write cmq:name'],
  ['SELECT ?x { ?x cmq:name Bob }',
    '1:25', '"Bob" has no prefix, and is no string', 'write cmq:Bob, or "Bob"'],
  ['SELECT ?x { ?x "name" ?y }',
    '1:16', 'a property is an IRI or a variable', 'write the property before "name"'],
  ['SELECT ?x { <<( ?s ?p ?o )>> . }',
    '1:30', 'a triple term can only be a value', 'write << … >> for a triple of which something is said'],
  ['SELECT ?x { _:a ?p ?o OPTIONAL { _:a ?q ?r } }',
    '1:34', '_:a is used in two groups', 'write a variable in its place: ?a'],

  // Paths
  ['SELECT ?x { ?x cmq:knows{2} ?y }',
    '1:25', 'a path does not count its steps', 'write each step: cmq:knows/cmq:knows'],
  ['SELECT ?x { ?x cmq:knows/ ?y }',
    '1:27', 'a path goes along IRIs, and ?y is a variable', 'write an IRI after "/", or remove the "/"'],
  ['SELECT ?x { ?x cmq:knows/ . }',
    '1:25', 'there is no step after "/"', 'write an IRI after it'],
  ['SELECT ?x { ?x cmq:knows//cmq:knows ?y }',
    '1:25', 'two steps of a path have one "/" between them', 'write one "/"'],
  ['SELECT ?x { ?x /cmq:knows ?y }',
    '1:16', 'a step is missing before "/"', 'write an IRI before it'],
  ['SELECT ?x { ?x ?p+ ?y }',
    '1:16', 'a path goes along IRIs, and ?p is a variable', 'write an IRI for it'],
  ['SELECT ?x { cmq:a/cmq:b ?y }',
    '1:13', 'a path leads from one thing to another', 'write the first thing before cmq:a'],
  ['CONSTRUCT { ?x cmq:knows+ ?y } WHERE { ?x ?p ?y }',
    '1:25', 'CONSTRUCT makes no paths', 'move the path to WHERE'],
  ['SELECT ?x { ?x cmq:a/cmq:b ?y {| cmq:c 1 |} }',
    '1:31', 'only a triple with a plain property can be annotated', 'write an IRI in place of the path'],

  // Brackets and groups
  ['SELECT ?x WHERE { ?x ?p ?o',
    '1:17', 'this "{" is never closed', 'write "}" where it ends'],
  ['SELECT ?x WHERE {\n  OPTIONAL {\n    ?x ?p ?o\n}',
    '2:12', 'this "{" is never closed', 'write "}" where it ends'],
  ['SELECT ?x WHERE {\n  ?x ?p ?o\nORDER BY ?x',
    '1:17', 'this "{" is never closed', 'write "}" before "ORDER"'],
  ['SELECT ?x WHERE { ?x ?p ?o ORDER BY ?x }',
    '1:28', 'ORDER is within the braces', 'move it after the "}"'],
  ['SELECT ?x WHERE {\n  ?x ?p ?o }\n}',
    '3:1', 'this "}" closes nothing', 'remove it, or write the "{" it belongs to'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o > 3 }',
    '1:28', 'this "(" is never closed', 'write ")" before "}"'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o > 3)) }',
    '1:36', 'this ")" closes nothing', 'remove it, or write the "(" it belongs to'],
  ['SELECT ?x WHERE\n  ?x ?p ?o }',
    '1:16', '"{" is missing after WHERE', 'write WHERE { … }'],
  ['SELECT ?x cmq:name ?y }',
    '1:11', '"{" is missing before the pattern', 'write WHERE { before ?x'],
  ['SELECT ?x { ?x ?p ?o OPTIONAL ?x ?q ?r }',
    '1:31', '"{" is missing after OPTIONAL', 'write OPTIONAL { … }'],
  ['SELECT ?x { GRAPH ?g ?x ?p ?o }',
    '1:22', '"{" is missing after GRAPH ?g', 'write GRAPH ?g { … }'],
  ['SELECT ?x { GRAPH { ?x ?p ?o } }',
    '1:19', 'GRAPH does not say which graph', 'write GRAPH ?graph { … }'],
  ['SELECT ?x { ?x ?p ?o UNION { ?x ?q ?r } }',
    '1:22', 'UNION stands between two groups in braces', 'write { … } around the pattern before UNION'],
  ['SELECT ?x { { ?x ?p ?o } UNION ?x ?q ?r }',
    '1:32', '"{" is missing after UNION', 'write UNION { … }'],
  ['SELECT ?x { ?x ?p ?o SELECT ?y { ?y ?p ?o } }',
    '1:22', 'a sub-SELECT needs braces of its own', 'write { SELECT … }'],
  ['SELECT ?x { ?x ?p ?o } FILTER(?o > 3)',
    '1:24', 'FILTER is outside of the braces', 'move it before the last "}"'],
  ['CONSTRUCT WHERE { ?x ?p ?o FILTER(?o > 1) }',
    '1:28', 'CONSTRUCT WHERE takes triples only', 'write CONSTRUCT { … } WHERE { … }'],

  // Conditions and new values
  ['SELECT ?x { ?x ?p ?o FILTER ?o > 3 }',
    '1:29', 'a condition needs parentheses', 'write FILTER(?o > 3)'],
  ['SELECT ?p (COUNT(?o) AS ?n) { ?x ?p ?o } GROUP BY ?p HAVING ?n > 1',
    '1:61', 'a condition needs parentheses', 'write HAVING(?n > 1)'],
  ['SELECT ?x { ?x ?p ?o FILTER BOUND(?o) && ?o > 1 }',
    '1:39', 'the whole condition needs parentheses', 'write FILTER(… && …)'],
  ['SELECT ?p { ?x ?p ?o } GROUP BY ?p HAVING COUNT(?o) > 1',
    '1:53', 'the whole condition needs parentheses', 'write HAVING(… > …)'],
  ['SELECT ?x { ?x ?p ?o FILTER { ?x ?p 1 } }',
    '1:29', 'FILTER of a pattern needs EXISTS', 'write FILTER EXISTS {'],
  ['SELECT ?x { ?x ?p ?o FILTER NOT { ?x ?p 1 } }',
    '1:29', 'NOT of a pattern needs EXISTS', 'write NOT EXISTS { … }'],
  ['SELECT ?x { ?x ?p ?o . NOT EXISTS { ?x ?p 1 } }',
    '1:24', 'NOT EXISTS is a condition', 'write FILTER NOT EXISTS'],
  ['SELECT ?x { ?x ?p ?o . EXISTS { ?x ?p 1 } }',
    '1:24', 'EXISTS is a condition', 'write FILTER EXISTS'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o IN ?x) }',
    '1:35', 'IN takes a list in parentheses', 'write IN (?x)'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o ?x) }',
    '1:32', 'an operator is missing between ?o and ?x', 'write one, such as = or &&'],
  ['SELECT ?x { ?x ?p ?o FILTER(?o > ) }',
    '1:32', 'there is nothing after ">"', 'write a value after it'],
  ['SELECT ?x { ?x ?p ?o FILTER(&& ?o > 3) }',
    '1:29', 'there is nothing before "&&"', 'write a value before it'],
  ['SELECT ?x { ?x ?p ?o FILTER(name = "a") }',
    '1:29', '"name" is neither a variable nor a string', 'write ?name, or "name"'],
  ['SELECT ?x { ?x ?p ?o FILTER(_:a = ?o) }',
    '1:29', 'a blank node is not allowed here', 'write an IRI or a variable'],
  ['SELECT ?x { ?x ?p ?o FILTER(REGEX(?o)) }',
    '1:37', 'this function takes more arguments', 'write "," and one more before the ")"'],
  ['SELECT ?x { ?x ?p ?o FILTER(BOUND(?o, ?x)) }',
    '1:37', 'this function takes fewer arguments', 'remove the "," and what follows it'],
  ['SELECT ?x { BIND(<< ?s ?p ?o >> AS ?t) }',
    '1:18', 'only a triple term is a value', 'write <<( … )>>'],
  ['SELECT ?x { ?x ?p ?o BIND ?o AS ?y }',
    '1:27', 'BIND has parentheses around it', 'write BIND(… AS ?name)'],
  ['SELECT ?x { ?x ?p ?o BIND(?o + 1) }',
    '1:33', 'BIND does not say which variable gets the value', 'write BIND(?o + 1 AS ?name)'],
  ['SELECT ?x { ?x ?p ?o BIND(1 AS ?x) }',
    '1:32', '?x already has a value here', 'write another name after AS'],
  ['SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }',
    '1:37', '?x already has a value here', 'write another name after AS'],

  // VALUES
  ['SELECT * { VALUES ?x (1 2) }',
    '1:22', 'the values need braces', 'write VALUES ?x { … }'],
  ['SELECT * { VALUES ?x 1 2 }',
    '1:22', '"{" is missing after VALUES ?x', 'write VALUES ?x { … }'],
  ['SELECT * { VALUES ?x ?y { (1 2) } }',
    '1:22', 'several variables of VALUES need parentheses', 'write VALUES (?x ?y) { (… …) }'],
  ['SELECT * { VALUES (?x ?y) (1 2) }',
    '1:27', 'the rows of VALUES need braces', 'write { before them and } after them'],
  ['SELECT * { VALUES (?x ?y) { 1 2 } }',
    '1:29', 'a row of VALUES needs parentheses', 'write (1 …)'],
  ['SELECT * { VALUES ?x { (1) (2) } }',
    '1:24', 'values of one variable are written without parentheses', 'remove the parentheses'],
  ['SELECT * { VALUES ?x { 1, 2 } }',
    '1:25', 'values are written without commas', 'remove the commas'],
  ['SELECT * { VALUES ?x { ?y } }',
    '1:24', 'VALUES takes IRIs, strings and numbers, and ?y is none', 'write UNDEF where there is no value'],
  ['SELECT * {\n  VALUES ?x { cmq:a\n  ?x ?p ?o\n}',
    '2:20', '"}" is missing after the values', 'write "}" after cmq:a'],
  ['SELECT * { VALUES (?x ?y) { (1 2) (1) } }',
    '1:37', 'this row of VALUES has fewer values than there are variables', 'write UNDEF where there is no value'],
  ['SELECT * { VALUES (?x ?y) { (1 2 3) } }',
    '1:34', 'this row of VALUES has more values than there are variables', 'remove 3, or name a variable for it'],
  ['SELECT * { VALUES (?x ?x) { (1 1) } }',
    '1:23', '?x stands twice in VALUES', 'remove one of them'],

  // Others
  ['SELECT ?x { ?x ?p ?o FILTER(?o > + ) }',
    '1:34', 'there is nothing after "+"', 'write a value after it'],
  ['SELECT ?x { ?x ?p [ , ] }',
    '1:21', '"," is not expected here', 'write a property and a value, or "]"'],
  ['SELECT ?x { ?x ?p ?o ^ }',
    '1:22', '"^" is not expected here', 'write a triple, a word such as FILTER or OPTIONAL, or "}"'],
  ['SELECT ?x { ?x ?p ?o } GROUP BY ?x ]',
    '1:36', 'this "]" closes nothing', 'remove it, or write the "[" it belongs to'],
  ['SELECT ?x { ?x ?p ?o } AS',
    '1:24', '"AS" is not expected here', 'write GROUP BY, HAVING, ORDER BY, LIMIT or OFFSET, or end the query'],
  ['SELECT ?x LIMIT',
    '1:11', '"LIMIT" is not expected here', 'write WHERE { and the pattern'],
  ['SELECT ?x { ?x ?p <<?a ?b/?c ?d>> }',
    '1:26', '"/" is not expected here', 'write an IRI, a variable or a literal: here are no paths and lists'],
  ['INSERT WHERE { ?s ?p ?o }',
    '1:8', '"WHERE" is not expected here', 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE: updates are refused'],
]

// biome-ignore format: a mistake is two lines
const PREFIXES: readonly Row[] = [
  ['SELECT ?x {\n  ?x a cmqq:Person\n}',
    '2:8', 'prefix "cmqq:" is not declared', 'did you mean "cmq:"? Else add the line PREFIX cmqq: <…>'],
  ['SELECT ?x { ?x a foaf:Person }',
    '1:18', 'prefix "foaf:" is not declared', 'add the line PREFIX foaf: <http://xmlns.com/foaf/0.1/>'],
  ['SELECT ?x { ?x schema:name "foaf:x" }',
    '1:16', 'prefix "schema:" is not declared', 'add the line PREFIX schema: <http://schema.org/>'],
  ['SELECT ?x { ?x rdfs:label ?l }',
    '1:16', 'prefix "rdfs:" is not declared', 'add the line PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>'],
  ['SELECT ?x { ?x ?p "5"^^xsd:integer }',
    '1:24', 'prefix "xsd:" is not declared', 'add the line PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>'],
  ['SELECT ?x { ?x wdt:P31 ?o }',
    '1:16', 'prefix "wdt:" is not declared', 'add the line PREFIX wdt: <http://www.wikidata.org/prop/direct/>'],
  ['SELECT ?x { ?x ?p wd:Q8475 }',
    '1:19', 'prefix "wd:" is not declared', 'add the line PREFIX wd: <http://www.wikidata.org/entity/>'],
  ['SELECT ?x { ?x a dbo:Place }',
    '1:18', 'prefix "dbo:" is not declared', 'add the line PREFIX dbo: <http://dbpedia.org/ontology/>'],
  ['SELECT ?x { ?x ?p dbr:Istanbul }',
    '1:19', 'prefix "dbr:" is not declared', 'add the line PREFIX dbr: <http://dbpedia.org/resource/>'],
  ['SELECT ?x { ?x geo:asWKT ?o }',
    '1:16', 'prefix "geo:" is not declared', 'add the line PREFIX geo: <http://www.opengis.net/ont/geosparql#>'],
  ['SELECT ?x { ?x foaff:name ?l }',
    '1:16', 'prefix "foaff:" is not declared', 'did you mean "foaf:"? Then add the line PREFIX foaf: <http://xmlns.com/foaf/0.1/>'],
  ['SELECT ?x { ?x ex:name ?l }',
    '1:16', 'prefix "ex:" is not declared', 'add the line PREFIX ex: <…>'],
  ['SELECT ?x { ?x :name ?l }',
    '1:16', 'prefix ":" is not declared', 'add the line PREFIX : <…>'],
  ['PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n# fof:x <fof:x>\nSELECT ?x { ?x fof:name ?l }',
    '3:16', 'prefix "fof:" is not declared', 'did you mean "foaf:"? Else add the line PREFIX fof: <…>'],
]

// biome-ignore format: a query is two lines
const REFUSED: readonly Row[] = [
  ['INSERT DATA { <x:a> <x:b> 1 }',
    '1:1', 'an update is not a query: graphs change only where they are written', 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE'],
  ['PREFIX foo: <http://example.org/>\nDELETE WHERE { ?s ?p ?o }',
    '2:1', 'an update is not a query: graphs change only where they are written', 'ask with SELECT, ASK, CONSTRUCT or DESCRIBE'],
  ['SELECT * {\n  ?s ?p ?o\n  SERVICE <http://example.org/sparql> { ?s ?q ?r }\n}',
    '3:3', 'SERVICE is not allowed: a query stays within the graph it is asked of', 'remove the SERVICE block'],
]

// biome-ignore format: a query is two lines
const SILENT: readonly Row[] = [
  ['',
    '1:1', 'the query is empty', 'write SELECT * WHERE { ?thing ?property ?value }'],
  ['\n  # only a comment',
    '1:1', 'the query is empty', 'write SELECT * WHERE { ?thing ?property ?value }'],
  ['PREFIX foo: <http://example.org/>\n# only a comment',
    '1:34', 'the query declares prefixes and asks nothing', 'write SELECT * WHERE { ?thing ?property ?value }'],
]

describe.each([
  ['a mistake is told where one would look, with what to write', 'query-syntax', MISTAKES],
  ['a prefix that is not declared is well known, or near to a declared one', 'undeclared-prefix', PREFIXES],
  ['what is not answered here is refused with its place', 'query-refused', REFUSED],
  ['a text that asks nothing says so', 'query-syntax', SILENT],
] as const)('%s', (_, code, rows) => {
  test.each(rows)('%s', async (query, place, what, mend) => {
    const { where, ...fault } = await faultOf(query)
    expect([fault.code, `${where?.line}:${where?.column}`, fault.what, fault.mend]).toEqual([code, place, what, mend])
    expect(where?.text).toBe(query.split('\n')[where!.line! - 1])
  })
})

test.each([
  'SELECT $x { $x ?p ?o }',
  'SELECT ?x { ?x ?p ?o } ORDERBY ?x',
  'SELECT ?x { ?x ?p ?o . ?x ?q 5 ; }',
  'SELECT ?x { ?x ?p ?o FILTER NOT\n  EXISTS { ?x ?q ?r } }',
  'SELECT ?x (SUM(?y) AS ?n) { ?x ?p ?y } GROUP BY ?x HAVING(SUM(?y) > 1) ORDER BY ?n',
])('%s is no mistake', async query => {
  expect(await select(new Store(), query)).toEqual([])
})

test('carets are under all that is wrong, and the words of the parser stay as the cause', async () => {
  const error = await faultOf('SELECT ?who\nWEHRE { ?who ?p ?o }')
  expect(faultText(error.faults[0]!, { width: 80, style: (_, text) => text }).split('\n')).toEqual([
    'error[query-syntax] q.rq:2:1: "WEHRE" is no word of SPARQL',
    ' 2 | WEHRE { ?who ?p ?o }',
    '   | ^^^^^',
    '  did you mean WHERE?',
  ])
  expect((error.cause as Error).message).toBe('expected { at offset 12')
})

describe('what the parser could not stand is refused soon', () => {
  const nested = (depth: number): string => `SELECT * { ${'{ '.repeat(depth)}${'} '.repeat(depth)}}`

  test.each([
    ['groups, 2,000 deep', nested(2000)],
    ['groups, 100,000 deep', nested(100_000)],
    ['braces that nobody closes', `SELECT * ${'{'.repeat(100_000)}`],
    ['parentheses, 1,000 deep', `SELECT * { FILTER(${'('.repeat(1000)}1${')'.repeat(1000)}) }`],
    ['lists, 1,000 deep', `SELECT * { ${'('.repeat(1000)}1${')'.repeat(1000)} ?p ?o }`],
    ['paths, 1,000 deep', `SELECT * { ?s ${'('.repeat(1000)}<x:p>${')'.repeat(1000)} ?o }`],
    ['5,000 negations', `SELECT * { FILTER(${'!'.repeat(5000)}1) }`],
    ['a chain of 2,000 conditions', `SELECT * { FILTER(${'1=1 && '.repeat(2000)}1=1) }`],
    ['a chain of 50,000 conditions', `SELECT * { FILTER(${'1=1 && '.repeat(50_000)}1=1) }`],
    ['10,000 filters', `SELECT * { ${'FILTER(1) '.repeat(10_000)} }`],
    ['10,000 new values', `SELECT * { ${Array.from({ length: 10_000 }, (_, index) => `BIND(1 AS ?x${index})`).join(' ')} }`],
  ])('%s', async (_, query) => {
    const start = performance.now()
    expect(await faultOf(query)).toMatchObject({ code: 'query-too-deep', where: { file: 'q.rq', line: 1 } })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(await parseQuery('ASK {}')).toMatchObject({ type: 'ask' })
  })

  test('a text of 10 million characters', async () => {
    const { code, what } = await faultOf(`ASK {} #${' '.repeat(10_000_000)}`)
    expect([code, what]).toEqual(['query-too-long', 'the query has more than 1,000,000 characters'])
  })

  test.each(['a', 'a.', 'a-'])('a word of 100,000 letters: %s', async letters => {
    const { code, what, where } = await faultOf(`SELECT * { ?s ?p ${letters.repeat(100_000)} }`)
    expect([code, what, where?.column]).toEqual(['query-too-long', 'a word has more than 1,000 characters', 18])
  })

  test.each([
    ['80,000 triples', `SELECT * { ${'?s ?p ?o .'.repeat(80_000)} }`],
    ['many brackets in a string, an IRI and a comment', `SELECT * { ?s <x:((((> "${'{'.repeat(999)}" # ${'('.repeat(999)}\n}`],
    ['a string and an IRI of 100,000 letters', `SELECT * { ?s <x:${'a'.repeat(100_000)}> "${'a'.repeat(100_000)}" }`],
    ['groups, 100 deep', nested(100)],
    ['parentheses, 100 deep', `SELECT * { FILTER(${'('.repeat(100)}1${')'.repeat(100)}) }`],
    ['a chain of 500 conditions', `SELECT * { FILTER(${'1=1 && '.repeat(500)}1=1) }`],
  ])('%s: not refused', async (_, query) => {
    expect(await parseQuery(query)).toMatchObject({ type: 'project' })
  })
})

test('each negative syntax test of the W3C gets a place, a sentence and a suggestion, with no word of the parser', async () => {
  if (suitesFolder() === undefined) return console.warn(announceMissing('rdf-tests'))
  const texts = ['sparql10/manifest.ttl', 'sparql11/manifest-all.ttl', 'sparql12/manifest.ttl']
    .flatMap(path => manifestEntries(`https://w3c.github.io/rdf-tests/sparql/${path}`))
    .filter(({ type }) => /Negative.*Syntax/.test(type))
    .map(({ graph, node }) => graph.getObjects(node as never, mf('action'), null)[0]!.value)
  expect(texts).toHaveLength(194)
  const plain = expect.not.stringMatching(/expecting|token|sequences|redundant|unexpected|undefined|NaN|->|\{-?\w+\}/)
  const where = { line: expect.any(Number), column: expect.any(Number), text: expect.any(String), length: expect.any(Number) }
  for (const baseIRI of texts) {
    const error: unknown = await parseQuery(suiteFile(baseIRI), { baseIRI }).catch((error: unknown) => error)
    expect(error, baseIRI).toMatchObject({ name: 'CommuniqueError', what: plain, where, mend: plain })
  }
})
