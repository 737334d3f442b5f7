/** What `dist/vendor/shacl-engine.js` is made of. Its own SPARQL plugin stays out: `sparql-constraint.ts` replaces it. */
export { Validator } from 'shacl-engine'
