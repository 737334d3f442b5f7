// Comunica's own HTTP server over a file of N-Quads: node comunica-server.cjs <file> <port>. It runs its engine in a process that it forks.
const { readFileSync } = require('node:fs')
const { HttpServiceSparqlEndpoint } = require('@comunica/actor-init-query')
const { QueryEngine } = require('@comunica/query-sparql-rdfjs')
const { Parser, Store } = require('n3')

const [file, port] = process.argv.slice(2)
const store = new Store(new Parser({ format: 'N-Quads' }).parse(readFileSync(file, 'utf8')))
const service = new HttpServiceSparqlEndpoint({
  engine: new QueryEngine(),
  context: { sources: [store] },
  port: Number(port),
  workers: 1,
})
service.run(process.stdout, process.stderr)
