/** What `dist/vendor/jsonld.js` is made of: JSON-LD's algorithms, in the variant without a document loader for Node. */
export { default } from 'jsonld/lib/jsonld.js'
