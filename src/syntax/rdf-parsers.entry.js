/** What `dist/vendor/rdf-parsers.js` is made of: the parsers of JSON-LD and RDF/XML. Typed by `rdf-parsers.d.ts`. */
export { JsonLdParser } from 'jsonld-streaming-parser'
export { RdfXmlParser } from 'rdfxml-streaming-parser'
