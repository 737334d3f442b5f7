/** Oxigraph has no command line on npm. This is the least that answers: `node oxigraph.js data.nq question.rq`. */
import { readFileSync } from 'node:fs'
import { Store } from 'oxigraph'

const [, , data, question] = process.argv
const store = new Store()
store.load(readFileSync(data, 'utf8'), { format: 'application/n-quads' })
for (const solution of store.query(readFileSync(question, 'utf8')))
  console.log([...solution].map(([name, term]) => `${name}: ${term.value}`).join('  '))
