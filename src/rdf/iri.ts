/**
 * A reference as an IRI, resolved against a base. A reference that has a scheme stays as it is, but for dots in its path.
 *
 * @returns undefined where there is no base to start from
 * @see RFC 3986, 5.2 (Relative Resolution), to the letter; RFC 3987, 6.5
 * @example resolveIRI('../b', 'http://example.org/x/y/z') // 'http://example.org/x/b'
 */
export function resolveIRI(reference: string, base: string | undefined): string | undefined {
  const [, scheme, authority, path = '', query, fragment] = PARTS.exec(reference)!
  if (scheme !== undefined) return `${scheme}${authority ?? ''}${withoutDots(path)}${query ?? ''}${fragment ?? ''}`
  const [, baseScheme, baseAuthority, basePath = '', baseQuery] = PARTS.exec(base ?? '')!
  if (baseScheme === undefined) return undefined
  if (authority !== undefined) return `${baseScheme}${authority}${withoutDots(path)}${query ?? ''}${fragment ?? ''}`
  const start = baseScheme + (baseAuthority ?? '')
  if (path === '') return `${start}${basePath}${query ?? baseQuery ?? ''}${fragment ?? ''}`
  const folder = baseAuthority !== undefined && basePath === '' ? '/' : basePath.slice(0, basePath.lastIndexOf('/') + 1)
  return `${start}${withoutDots(path.startsWith('/') ? path : folder + path)}${query ?? ''}${fragment ?? ''}`
}

/** Scheme with its colon, authority with its slashes, path, query with its mark, fragment with its hash. @see RFC 3986, appendix B */
const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s

/** @see RFC 3986, 5.2.4 (Remove Dot Segments) */
function withoutDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) return path
  const kept: string[] = []
  const segments = path.split('/')
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '..' && (kept.length > 1 || (kept.length === 1 && kept[0] !== ''))) kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  }
  return kept.join('/')
}
