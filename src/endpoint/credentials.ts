import { createHash, randomBytes } from 'node:crypto'

/** Who asks a server. They come from the environment alone: what stands on a command line is seen by all. */
export interface Credentials {
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** Of Bearer. */
  readonly token?: string | undefined
}

/** What a server wants to know of a request before it answers. */
export interface Challenged {
  readonly method: string
  readonly url: URL
}

/** Answers challenges of a server: once it has said how, each request tells it at once. */
export class Authentication {
  readonly #credentials: Credentials
  #challenge: Challenge | undefined
  #count = 0

  constructor(credentials: Credentials) {
    this.#credentials = credentials
  }

  /** The header `authorization` of a request; undefined while the server has not asked for one. */
  headerFor(request: Challenged): string | undefined {
    const { user = '', password = '', token } = this.#credentials
    if (this.#challenge?.scheme === 'bearer') return `Bearer ${token}`
    if (this.#challenge?.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    return this.#challenge && digest(this.#challenge, this.#credentials, request, ++this.#count)
  }

  /**
   * Takes up what a server wants.
   *
   * @param header `www-authenticate` of its 401
   * @returns whether there are credentials of that kind
   */
  isAnswerable(header: string): boolean {
    const { user, token } = this.#credentials
    const known = challenges(header)
    const ofUser = user === undefined ? undefined : (known.find(isDigest) ?? known.find(({ scheme }) => scheme === 'basic'))
    this.#challenge = (token === undefined ? undefined : known.find(({ scheme }) => scheme === 'bearer')) ?? ofUser
    this.#count = 0
    return this.#challenge !== undefined
  }
}

interface Challenge {
  readonly scheme: string
  readonly values: ReadonlyMap<string, string>
}

/** A challenge of Digest that we know how to answer. */
function isDigest({ scheme, values }: Challenge): boolean {
  return scheme === 'digest' && HASHES.has((values.get('algorithm') ?? 'MD5').toUpperCase())
}

const HASHES: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-256', 'sha256'],
])

/** The challenges of a header, which may hold several. @see RFC 9110, 11.6.1 */
function challenges(header: string): Challenge[] {
  const found: { scheme: string; values: Map<string, string> }[] = []
  for (const [, scheme, name, quoted, plain] of header.matchAll(
    /([A-Za-z]+)(?= +[\w-]+ *=|$| *,)|([\w-]+) *= *(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  )) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), values: new Map() })
    else if (name !== undefined) found.at(-1)?.values.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '')
  }
  return found
}

/** @see RFC 7616, 3.4 (The Authorization Header Field) */
function digest(
  { values }: Challenge,
  { user = '', password = '' }: Credentials,
  { method, url }: Challenged,
  count: number,
): string {
  const value = (name: string): string => values.get(name) ?? ''
  const algorithm = values.get('algorithm') ?? 'MD5'
  const hash = (text: string): string => createHash(HASHES.get(algorithm.toUpperCase())!).update(text).digest('hex')
  const [uri, cnonce, nc] = [url.pathname + url.search, randomBytes(16).toString('hex'), count.toString(16).padStart(8, '0')]
  const [secret, asked] = [hash(`${user}:${value('realm')}:${password}`), hash(`${method}:${uri}`)]
  const hasQop = value('qop')
    .split(/\s*,\s*/)
    .includes('auth')
  const response = hash([secret, value('nonce'), ...(hasQop ? [nc, cnonce, 'auth'] : []), asked].join(':'))
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(value('realm'))}`,
    `nonce=${quoted(value('nonce'))}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    ...(hasQop ? [`qop=auth, nc=${nc}, cnonce="${cnonce}"`] : []),
    ...(values.has('opaque') ? [`opaque=${quoted(value('opaque'))}`] : []),
    `response="${response}"`,
  ]
  return `Digest ${parts.join(', ')}`
}
