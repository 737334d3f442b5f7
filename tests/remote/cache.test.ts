import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { RemoteCache } from '../../src/remote/cache.ts'
import { fetchRemote, type RemotePolicy, type RemoteRequest } from '../../src/remote/fetch.ts'
import { allowing, faultOf, serving, temporaryFolder } from './given.ts'

/** Asks, and keeps what comes. */
async function asked(url: string, policy: RemotePolicy, request: RemoteRequest = {}): Promise<string> {
  const answer = await fetchRemote(url, request, policy)
  answer.keep()
  return `${answer.via}: ${answer.body}`
}

/** Numbers its answers, which are fresh for as long as it is told. */
const numbering = (headers: Record<string, string> = { 'cache-control': 'max-age=60' }) =>
  serving((_, response, index) => response.writeHead(200, headers).end(`answer ${index + 1}`))

test('a fresh answer is not fetched again', async () => {
  const server = await numbering()
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  expect(await asked(server.url, policy)).toBe('network: answer 1')
  expect(await asked(server.url, policy)).toBe('cache: answer 1')
})

test.each(['no-store', 'private, no-store'])('what the server forbids to keep (%s) is not kept', async control => {
  const server = await numbering({ 'cache-control': control })
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  expect([await asked(server.url, policy), await asked(server.url, policy)]).toEqual(['network: answer 1', 'network: answer 2'])
})

test('an old answer is asked for again, and kept on where nothing has changed', async () => {
  const server = await serving(({ headers }, response) =>
    headers['if-none-match'] === '"1"'
      ? response.writeHead(304, { 'cache-control': 'max-age=60' }).end()
      : response.writeHead(200, { etag: '"1"', 'cache-control': 'max-age=0' }).end('the same'),
  )
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  expect(await asked(server.url, policy)).toBe('network: the same')
  expect(await asked(server.url, policy)).toBe('cache: the same')
  expect(await asked(server.url, policy)).toBe('cache: the same')
  expect(server.requests).toHaveLength(2)
})

test('C1: what was fetched online is answered offline, with its date', async () => {
  const server = await numbering({})
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  const first = await fetchRemote(server.url, {}, policy)
  first.keep()
  await server.stop()
  const second = await fetchRemote(server.url, {}, { ...policy, offline: true })
  expect(second).toMatchObject({ via: 'stale', fetchedAt: first.fetchedAt, because: 'offline' })
  expect(second.body.equals(first.body)).toBe(true)
})

test('C3: where the server is down, or wants peace, the old answer stands in and says why', async () => {
  const server = await serving((_, response, index) =>
    index === 0 ? response.end('old') : response.writeHead(index === 1 ? 500 : 429).end('busy'),
  )
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()), retries: 0 })
  expect(await asked(server.url, policy)).toBe('network: old')
  expect(await asked(server.url, policy)).toBe('stale: old')
  expect((await fetchRemote(server.url, {}, policy)).because).toContain('answered 429: busy')
  await server.stop()
  expect((await fetchRemote(server.url, {}, policy)).because).toContain('cannot be reached')
})

test('an old answer does not stand in where the fault is ours, or the server forbids it', async () => {
  const server = await serving(({ url }, response, index) => {
    if (index === 0) return response.writeHead(200, { 'cache-control': 'max-age=0, must-revalidate' }).end('strict')
    if (index === 1) return response.end('old')
    return response.writeHead(url === '/strict' ? 500 : 400).end()
  })
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  await asked(`http://${server.host}/strict`, policy)
  await asked(server.url, policy)
  expect((await faultOf(asked(`http://${server.host}/strict`, policy))).what).toContain('answered 500')
  expect((await faultOf(asked(server.url, policy))).what).toContain('answered 400')
})

test('C4: a damaged file is as good as none', async () => {
  const server = await numbering()
  const folder = await temporaryFolder()
  const policy = allowing(server, { cache: new RemoteCache(folder) })
  await asked(server.url, policy)
  const [name] = await readdir(folder)
  const bytes = await readFile(join(folder, name!))
  bytes[bytes.length - 3]! ^= 1
  await writeFile(join(folder, name!), bytes)
  expect(await asked(server.url, policy)).toBe('network: answer 2')
  expect(await asked(server.url, policy)).toBe('cache: answer 2')
})

test('C5: two processes that write at once leave whole files', async () => {
  const folder = await temporaryFolder()
  const bundle = join(await temporaryFolder(), 'cache.cjs')
  const entryPoint = fileURLToPath(new URL('../../src/remote/cache.ts', import.meta.url))
  await build({ entryPoints: [entryPoint], bundle: true, platform: 'node', format: 'cjs', outfile: bundle })
  const script = `
    const { RemoteCache } = require(${JSON.stringify(bundle)})
    const cache = new RemoteCache(${JSON.stringify(folder)})
    const question = { key: 'one', url: 'http://example.org/', headers: {} }
    for (let turn = 0; turn < 100; turn++)
      cache.keep(question, { status: 200, headers: {}, body: Buffer.alloc(100_000, process.argv[1]), fetchedAt: new Date() })`
  const writers = ['a', 'b'].map(letter => spawn(process.execPath, ['-e', script, letter], { stdio: 'inherit' }))
  const seen = new Set<string>()
  let running = writers.length
  for (const writer of writers) once(writer, 'exit').then(() => running--)
  while (running > 0) {
    const kept = new RemoteCache(folder).find({ key: 'one', url: 'http://example.org/', headers: {} })
    if (kept !== undefined) seen.add(kept.body.toString())
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  expect(writers.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  expect(seen.size).toBeGreaterThan(0)
  expect([...seen].every(text => /^(a{100000}|b{100000})$/.test(text))).toBe(true)
  expect(await readdir(folder)).toHaveLength(1)
})

test('C6: another address, Accept or key is another answer', async () => {
  const server = await numbering()
  const policy = allowing(server, { cache: new RemoteCache(await temporaryFolder()) })
  const post = { method: 'POST', body: 'query=…' } as const
  const answers = [
    await asked(server.url, policy),
    await asked(`${server.url}?b`, policy),
    await asked(server.url, policy, { headers: { accept: 'text/turtle' } }),
    await asked(server.url, policy, { ...post, cacheKey: 'one' }),
    await asked(server.url, policy, { ...post, cacheKey: 'two' }),
    await asked(server.url, policy, { ...post, cacheKey: 'one' }),
    await asked(server.url, policy, post),
  ]
  expect(answers.map(text => text.replace('answer ', ''))).toEqual([
    'network: 1',
    'network: 2',
    'network: 3',
    'network: 4',
    'network: 5',
    'cache: 4',
    'network: 6',
  ])
})

test('C7: what its reader did not find good is not kept, nor an error, nor what was asked with credentials', async () => {
  const server = await serving((_, response, index) => response.writeHead(index === 0 ? 404 : 200).end(`answer ${index + 1}`))
  const folder = await temporaryFolder()
  const policy = allowing(server, { cache: new RemoteCache(folder) })
  await asked(server.url, policy, { expected: [404] })
  await fetchRemote(server.url, {}, policy)
  await asked(server.url, policy, { headers: { authorization: 'Bearer x' } })
  expect(await readdir(folder)).toEqual([])
})

test('C8: the cache stays within its size; what was used least recently goes', async () => {
  const server = await serving(({ url }, response) => response.setHeader('cache-control', 'max-age=60').end(url.padEnd(10_000)))
  const folder = await temporaryFolder()
  const policy = allowing(server, { cache: new RemoteCache(folder, 40_000) })
  for (const name of ['a', 'b', 'c', 'a', 'd', 'e']) {
    await asked(`http://${server.host}/${name}`, policy)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const sizes = await Promise.all((await readdir(folder)).map(async name => (await stat(join(folder, name))).size))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40_000)
  expect(await asked(`http://${server.host}/a`, policy)).toMatch(/^cache/)
  expect(await asked(`http://${server.host}/b`, policy)).toMatch(/^network/)
})

test('only the user can read the cache', async () => {
  const folder = join(await temporaryFolder(), 'http')
  const server = await numbering()
  await asked(server.url, allowing(server, { cache: new RemoteCache(folder) }))
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})
