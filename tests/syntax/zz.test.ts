import { readFileSync, writeFileSync } from 'node:fs'
import { Parser } from 'n3'
import { test } from 'vitest'
import { readProject } from '../../src/project/project.ts'
import { writeQuads } from '../../src/syntax/write.ts'
import { root } from '../given.ts'

test('look', async () => {
  const project = await readProject(root)
  const context = JSON.parse(readFileSync(`${root}/ontology/context.jsonld`, 'utf8'))['@context']
  const all = project.store.getQuads(null, null, null, null).filter(q => !q.graph.value.includes('/layer/'))
  const out = (name: string, quads: any, o: any) =>
    writeFileSync(`/tmp/w/out.${name}`, [...writeQuads(quads, { prefixes: project.prefixes, ...o })].join(''))
  out('ttl', project.layer('stated'), { syntax: 'turtle' })
  out('trig', all, { syntax: 'trig' })
  out('nq', all, { syntax: 'nquads' })
  out('jsonld', project.layer('stated'), { syntax: 'jsonld', context })
  out('all.jsonld', all, { syntax: 'jsonld', context })
  out('frame.jsonld', project.layer('stated'), {
    syntax: 'jsonld',
    context,
    things: ['https://w3id.org/communique/id/interpol-general-assembly-session-89'],
  })
  for (const f of ['vocab/sh.ttl', 'vocab/dcat.ttl', 'wikidata/Q42.ttl']) {
    const quads = new Parser({ format: 'text/turtle', baseIRI: 'http://x/' }).parse(
      readFileSync(`/work/shared/opendata/${f}`, 'utf8'),
    )
    out(`${f.split('/')[1]}.ttl`, quads, { syntax: 'turtle' })
    out(`${f.split('/')[1]}.jsonld`, quads, { syntax: 'jsonld' })
  }
})
