import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../given.ts'

const SITE = 'https://example.org/communique'

/** What the rules of the file make of a path, by the few directives of mod_rewrite that it uses. */
async function redirected(path: string, accept: string): Promise<string | undefined> {
  const lines = (await readFile(join(root, 'ontology/w3id.htaccess'), 'utf8')).split('\n')
  let isMet = true
  for (const line of lines) {
    const [directive, pattern = '', target = ''] = line.split(/\s+/)
    if (directive === 'RewriteCond') isMet &&= pattern === '%{HTTP_ACCEPT}' && new RegExp(target).test(accept)
    if (directive !== 'RewriteRule') continue
    if (isMet && target !== '-' && new RegExp(pattern).test(path)) return target.replace('%{ENV:SITE}', SITE)
    isMet = true
  }
  return undefined
}

test.each([
  ['ns', 'text/turtle', '/ontology/communique.ttl'],
  ['ns', 'text/html', '/docs/ontology.html'],
  ['ns/1.0.0', 'text/html', '/docs/ontology.html'],
  ['context.jsonld', '*/*', '/ontology/context.jsonld'],
  ['id/chile', 'text/turtle', '/stated.ttl'],
  ['id/chile', 'application/ld+json', '/dataset.jsonld'],
  ['doc/interpol-ga-89/claim/s12-1', '*/*', '/dataset.trig'],
  ['about', 'text/turtle', '/dataset.trig'],
  ['rule/host-country', 'text/html', '/ontology/README.md'],
])('w3id.org/communique/%s for %s leads to %s', async (path, accept, target) => {
  expect(await redirected(path, accept)).toBe(SITE + target)
})

test('what is none of ours leads nowhere', async () => {
  expect(await redirected('wp-login.php', '*/*')).toBeUndefined()
})
