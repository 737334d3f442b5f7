import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { isPrivateAddress } from '../../src/remote/address.ts'
import { fetchRemote } from '../../src/remote/fetch.ts'
import { allowing, faultOf, serving } from './given.ts'

test('an answer comes whole, with its status, its headers and the time it was fetched', async () => {
  const server = await serving((_, response) => response.setHeader('x-rows', '2').end('two rows'))
  const before = Date.now()
  const answer = await fetchRemote(server.url, {}, allowing(server))
  expect(answer).toMatchObject({ status: 200, url: server.url, via: 'network', headers: { 'x-rows': '2' } })
  expect(answer.body.toString()).toBe('two rows')
  expect(answer.fetchedAt.getTime()).toBeGreaterThanOrEqual(before - 1)
})

test('a server is told who asks, with a page to reach them', async () => {
  const server = await serving()
  await fetchRemote(server.url, {}, allowing(server))
  await fetchRemote(server.url, {}, allowing(server, { userAgent: 'newsroom/1 (desk@example.org)' }))
  expect(server.requests[0]!.headers['user-agent']).toMatch(/^communique\/\d+\.\d+\.\d+ \(\+https:\/\/\S+\)$/)
  expect(server.requests[1]!.headers['user-agent']).toBe('newsroom/1 (desk@example.org)')
})

test.each(['POST', 'PUT', 'DELETE'] as const)('%s sends its body and headers', async method => {
  const server = await serving()
  const headers = { authorization: 'Bearer x', 'content-type': 'text/turtle' }
  await fetchRemote(server.url, { method, headers, body: '<a> <b> <c>' }, allowing(server))
  expect(server.requests).toMatchObject([{ method, headers, body: '<a> <b> <c>' }])
})

test('a status that the caller expects is an answer, with its headers', async () => {
  const server = await serving((_, response) => response.writeHead(401, { 'www-authenticate': 'Digest realm="x"' }).end())
  const answer = await fetchRemote(server.url, { expected: [401] }, allowing(server))
  expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Digest realm="x"' } })
})

test.each([
  [429, { 'retry-after': '1' }],
  [405, { 'retry-after': '1' }],
  [503, { 'retry-after': new Date(Date.now() + 500).toUTCString() }],
  [502, {}],
  [504, {}],
])('F2, F5, F14: %i is asked again, no earlier than it says', async (status, headers) => {
  const times: number[] = []
  const server = await serving((_, response, index) => {
    times.push(Date.now())
    return index === 0 ? response.writeHead(status, headers).end() : response.end('fine')
  })
  const answer = await fetchRemote(server.url, {}, allowing(server))
  expect(answer.body.toString()).toBe('fine')
  if (status === 429 || status === 405) expect(times[1]! - times[0]!).toBeGreaterThan(950)
})

test('F3: a server that says 429 for ever is given up, and the words say how often it was asked', async () => {
  const server = await serving((_, response) => response.writeHead(429).end('slow down'))
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server, { retries: 2 })))
  expect(fault).toEqual({ code: 'remote-status', what: `${server.url} answered 429: slow down (asked 3 times)` })
})

test('a server that wants more patience than there is time is not waited for', async () => {
  const server = await serving((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end())
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server)))
  expect(fault.what).toContain('wants to be asked again in 3600 s, past the limit of 5 s')
  expect(server.requests).toHaveLength(1)
})

test('F4: a ban is told in its own words and never asked again', async () => {
  const words = 'You have been banned until 2026-12-01T00:00:00Z, please respect throttling'
  const server = await serving((_, response) => response.writeHead(403).end(words))
  expect(await faultOf(fetchRemote(server.url, {}, allowing(server)))).toEqual({
    code: 'remote-banned',
    what: `${server.url} answered 403: ${words}`,
  })
  expect(server.requests).toHaveLength(1)
})

test.each([400, 403, 404, 405, 500])('F5: %i is told at once, with some of its words and no markup', async status => {
  const server = await serving((_, response) => response.writeHead(status).end('<html><b>no</b>\u0007\nway</html>'))
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server)))
  expect(fault).toEqual({ code: 'remote-status', what: `${server.url} answered ${status}: no way` })
  expect(server.requests).toHaveLength(1)
})

test('F6: a server that accepts and never answers is left', async () => {
  const server = await serving(() => {})
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server, { limits: { headers: 0.3 } })))
  expect(fault).toEqual({ code: 'remote-timeout', what: `${server.url}: no answer began within 0.3 s` })
})

test('F7: a byte a second is cut at the limit for all', async () => {
  const server = await serving(async (_, response) => {
    for (let index = 0; index < 50 && !response.destroyed; index++) {
      response.write('x')
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  })
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server, { limits: { total: 1 } })))
  expect(fault).toEqual({ code: 'remote-timeout', what: `${server.url}: its answer was not whole within 1 s` })
})

test('an answer that stands still is left', async () => {
  const server = await serving((_, response) => response.write('beginning'))
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server, { limits: { idle: 0.5 } })))
  expect(fault).toEqual({ code: 'remote-timeout', what: `${server.url}: the answer stood still for 0.5 s` })
})

test.each([
  ['before its head', false],
  ['in the middle', true],
])('F10: a reset %s is an error and the process lives on', async (_, hasHead) => {
  const uncaught: unknown[] = []
  const listen = (error: unknown): void => void uncaught.push(error)
  process.on('uncaughtException', listen).on('unhandledRejection', listen)
  const server = await serving((_, response) => {
    if (hasHead) response.write('x'.repeat(100_000))
    setTimeout(() => response.socket?.resetAndDestroy(), 50)
  })
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server)))
  await new Promise(resolve => setTimeout(resolve, 200))
  process.off('uncaughtException', listen).off('unhandledRejection', listen)
  expect(fault.code).toBe(hasHead ? 'remote-incomplete' : 'remote-unreachable')
  expect(uncaught).toEqual([])
})

test('an answer that is shorter than its length, or whose compression breaks off, is incomplete', async () => {
  const whole = gzipSync('x'.repeat(1000))
  const short = await serving((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('only this')
    setTimeout(() => response.socket?.end(), 50)
  })
  const cut = await serving((_, response) => response.setHeader('content-encoding', 'gzip').end(whole.subarray(0, -9)))
  for (const server of [short, cut])
    expect((await faultOf(fetchRemote(server.url, {}, allowing(server)))).code).toBe('remote-incomplete')
})

test('F17: a gzip bomb is stopped at the limit of bytes, counted after decompression', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  const server = await serving((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb))
  const before = process.memoryUsage().rss
  const fault = await faultOf(fetchRemote(server.url, {}, allowing(server, { limits: { bytes: 1_000_000 } })))
  expect(fault.code).toBe('remote-too-large')
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('what is compressed within the limit is read', async () => {
  const server = await serving((_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('words')))
  expect((await fetchRemote(server.url, {}, allowing(server))).body.toString()).toBe('words')
})

test.each([
  ['another host', 'http://example.org/sparql'],
  ['loopback under another name', 'http://localhost:9/sparql'],
  ['another port', 'http://127.0.0.1:9/'],
  ['a file', 'file:///etc/passwd'],
  ['nothing', 'http://['],
])('F15: a redirect to %s is refused', async (_, location) => {
  const server = await serving((_, response) => response.writeHead(302, { location }).end())
  const policy = allowing(server, { allow: [server.host, 'example.org', 'localhost:9', '127.0.0.1:9'] })
  expect((await faultOf(fetchRemote(server.url, {}, policy))).code).toBe('remote-refused')
})

test('F22: a redirect within the host is followed; a 404 at its end is told as it is', async () => {
  const server = await serving(({ url }, response) => {
    if (url === '/entity/Q20') return response.writeHead(303, { location: '/wiki/Special:EntityData/Q19.ttl' }).end()
    if (url.endsWith('Q19.ttl')) return response.end('wd:Q20 owl:sameAs wd:Q19 .')
    return response.writeHead(404).end('deleted')
  })
  const answer = await fetchRemote(`http://${server.host}/entity/Q20`, {}, allowing(server))
  expect(answer.url).toBe(`http://${server.host}/wiki/Special:EntityData/Q19.ttl`)
  const fault = await faultOf(fetchRemote(`http://${server.host}/entity/Q1`, {}, allowing(server)))
  expect(fault.what).toBe(`http://${server.host}/entity/Q1 answered 404: deleted`)
})

test('redirects in a circle end', async () => {
  const server = await serving((_, response) => response.writeHead(307, { location: '/again' }).end())
  expect((await faultOf(fetchRemote(server.url, {}, allowing(server)))).what).toContain('redirects more than 5 times')
})

test.each([
  ['a host that is not allowed', 'https://example.org/', {}],
  ['a host whose end is allowed', 'https://evil.wikidata.org/', { allow: ['wikidata.org'] }],
  ['another port of a host', 'http://example.org:81/', { allow: ['example.org'] }],
  ['a file', 'file:///etc/passwd', { allow: [''] }],
  ['user information', 'https://user:secret@example.org/', { allow: ['example.org'] }],
  ['no address', 'not an address', { allow: ['not'] }],
  ['a private address', 'http://10.0.0.1/', { allow: ['10.0.0.1'] }],
  ['loopback, written otherwise', 'http://0x7f.1/', { allow: ['127.0.0.1'] }],
  ['loopback in IPv6', 'http://[::ffff:127.0.0.1]/', { allow: ['[::ffff:127.0.0.1]'] }],
])('%s is refused before any socket is opened', async (_, url, policy) => {
  const fault = await faultOf(fetchRemote(url, {}, policy))
  expect(fault.code).toBe('remote-refused')
  expect(fault.what).not.toContain('secret')
})

test('a name that leads to a private address is refused where the name is resolved', async () => {
  const server = await serving()
  const host = server.host.replace('127.0.0.1', 'localhost')
  const fault = await faultOf(fetchRemote(`http://${host}/`, {}, { allow: [host] }))
  expect(fault).toMatchObject({ code: 'remote-refused', what: expect.stringContaining('localhost leads to') })
  expect(server.connections()).toBe(0)
  expect((await fetchRemote(`http://${host}/`, {}, { allow: [host], allowPrivate: true })).status).toBe(200)
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '2001:db8::1',
])('%s is no public address', address => {
  expect(isPrivateAddress(address)).toBe(true)
})

test('F19: a name that nobody knows, and a port where nobody listens, cannot be reached', async () => {
  const server = await serving()
  await server.stop()
  expect((await faultOf(fetchRemote(server.url, {}, allowing(server)))).code).toBe('remote-unreachable')
  const unknown = await faultOf(fetchRemote('http://nobody.invalid/', {}, { allow: ['nobody.invalid'] }))
  expect(unknown.code).toBe('remote-unreachable')
})

test('whoever asks can stop: the reason is theirs', async () => {
  const server = await serving(() => {})
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('enough')), 100)
  expect((await faultOf(fetchRemote(server.url, {}, allowing(server, { signal: controller.signal })))).what).toBe('enough')
})

test('C2: offline opens no socket', async () => {
  const server = await serving()
  expect((await faultOf(fetchRemote(server.url, {}, allowing(server, { offline: true })))).code).toBe('remote-offline')
  expect(server.connections()).toBe(0)
})
