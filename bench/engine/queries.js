import { PROLOGUE } from './data.js'

/** Classes of queries over the shop: each name says what makes it hard. `streams`: its first row can come long before the last. */
const SHOP = {
  point: { text: 'SELECT ?p ?o { :product7 ?p ?o }' },
  star: {
    text: `SELECT ?product ?label ?size ?weight ?producer { ?product a :type5 ; rdfs:label ?label ; :size ?size ; :weight ?weight ;
      :producer ?producer ; :feature :feature0 }`,
  },
  'path, 4 hops': {
    text: 'SELECT ?a ?b ?c ?product { :person3 :follows ?a . ?a :follows ?b . ?b :follows ?c . ?c :likes ?product }',
  },
  snowflake: {
    text: `SELECT ?product ?offer ?price ?vendor ?review ?person { ?product a :type5 ; :producer ?producer . ?producer :country ?country .
      ?offer :product ?product ; :price ?price ; :vendor ?vendor . ?vendor :country ?country .
      ?review :reviewFor ?product ; :reviewer ?person }`,
  },
  triangle: { text: 'SELECT ?a ?b ?c { ?a :follows ?b . ?b :follows ?c . ?c :follows ?a }' },
  'likes cycle': {
    text: 'SELECT ?a ?b ?product { ?a :follows ?b . ?a :likes ?product . ?b :likes ?product . ?a :country :AR . ?b :country :BR }',
  },
  'FILTER range': {
    text: 'SELECT ?product ?size ?price { ?product :size ?size . ?offer :product ?product ; :price ?price FILTER(?size > 1900 && ?price < 1500.5) }',
  },
  'FILTER text': {
    text: `SELECT ?product ?comment { ?product :comment ?comment
      FILTER(CONTAINS(STR(?comment), "quoba") && REGEX(STR(?comment), "^[a-m].*tu", "i")) }`,
  },
  OPTIONAL: {
    text: `SELECT ?review ?product ?rating ?answer { ?review :reviewer :person0 ; :date ?date
      OPTIONAL { ?review :reviewFor ?product OPTIONAL { ?review :rating ?rating } } OPTIONAL { ?answer :replyTo ?review } }`,
  },
  UNION: {
    text: `SELECT ?product ?what { ?product a :type6 { ?product :feature ?what } UNION { ?what :reviewFor ?product }
      UNION { ?what :product ?product } }`,
    streams: true,
  },
  'GROUP BY': {
    text: `SELECT ?country (COUNT(?offer) AS ?offers) (AVG(?price) AS ?mean) (MAX(?price) AS ?most) { ?offer :price ?price ; :vendor ?vendor .
      ?vendor :country ?country } GROUP BY ?country ORDER BY DESC(?offers) ?country LIMIT 5`,
  },
  'top-k': { text: 'SELECT ?offer ?price { ?offer a :Offer ; :price ?price } ORDER BY DESC(?price) ?offer LIMIT 10' },
  'path +': { text: 'SELECT ?review ?first { ?review :reviewer :person0 ; :replyTo+ ?first . ?first :reviewFor ?product }' },
  'path *': { text: 'SELECT ?product { ?product a/rdfs:subClassOf* :type2 ; :size ?size FILTER(?size < 150) }' },
  DISTINCT: { text: 'SELECT DISTINCT ?country ?feature { ?offer :vendor/:country ?country ; :product/:feature ?feature }' },
  'NOT EXISTS': {
    text: `SELECT ?product { ?product a :type5 ; :producer ?producer FILTER NOT EXISTS { ?review :reviewFor ?product ; :rating ?rating
      FILTER(?rating > 5) } }`,
  },
  MINUS: { text: 'SELECT ?person { ?person a :Person ; :country :AR MINUS { ?review :reviewer ?person ; :rating 10 } }' },
  COUNT: { text: 'SELECT (COUNT(*) AS ?count) { ?s ?p ?o }' },
  'large result': {
    text: 'SELECT ?person ?product ?label { ?person :likes ?product . ?product rdfs:label ?label }',
    streams: true,
  },
  'GRAPH ?g': {
    text: 'SELECT ?g ?offer ?stock ?country { ?vendor :publishes ?g ; :country ?country GRAPH ?g { ?offer :inStock ?stock } FILTER(?stock < 5) }',
    streams: true,
  },
  VALUES: {
    text: `SELECT ?product ?label ?producer { VALUES ?product { ${Array.from({ length: 200 }, (_, index) => `:product${(index * 37) % 500}`).join(' ')} }
      ?product rdfs:label ?label ; :producer ?producer }`,
  },
  'sub-SELECT': {
    text: `SELECT ?person ?name ?reviews { { SELECT ?person (COUNT(?review) AS ?reviews) { ?review :reviewer ?person } GROUP BY ?person
      ORDER BY DESC(?reviews) ?person LIMIT 20 } ?person :name ?name }`,
  },
}

/** Files of the open data that the classes below ask, and their prefixes. */
export const WORLD_FILES = [
  'countries/countries-wikidata-shaped.ttl',
  'countries/regions-country-coder.ttl',
  'countries/factbook-memberships.ttl',
  'gazetteer/cities-geonames-15000.ttl',
]
const WORLD_PROLOGUE = `PREFIX ex: <https://example.org/opendata/>
PREFIX gn: <http://www.geonames.org/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
`

/** Classes over real data of the regions of the world: cities, countries and their names, memberships. */
const WORLD = {
  'cities of Asia': {
    text: `SELECT ?city ?name ?population { ?country skos:broader+ wd:Q48 ; ex:countryCode ?code .
      ?city gn:countryCode ?code ; gn:name ?name ; gn:population ?population FILTER(?population > 3000000) }`,
  },
  'names of Latin America': {
    text: `SELECT ?country ?french ?name ?city { ?country ex:subregionM49 "419" ; wdt:P297 ?code ; rdfs:label ?french ; skos:altLabel ?name
      OPTIONAL { ?city gn:countryCode ?code ; gn:featureCode gn:P.PPLC } FILTER(LANG(?french) = "fr" && LANG(?name) != "fr") }`,
  },
  'large organizations': {
    text: `SELECT ?organization (COUNT(DISTINCT ?country) AS ?members) { ?country ex:participation ?membership .
      ?membership ex:organization ?organization ; ex:status "member" } GROUP BY ?organization HAVING (COUNT(DISTINCT ?country) > 120)
      ORDER BY DESC(?members) ?organization`,
  },
}

/** Classes by the data that they ask, as they are asked. */
export const CLASSES = { shop: whole(SHOP, PROLOGUE), world: whole(WORLD, WORLD_PROLOGUE) }

function whole(classes, prologue) {
  return Object.entries(classes).map(([name, { text, streams = false }]) => ({ name, text: prologue + text, streams }))
}
