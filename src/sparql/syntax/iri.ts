const ABSOLUTE = /^[a-z][a-z\d+.-]*:/i
const PARTS = /^([^:/?#]+:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/

/**
 * An IRI as it is meant where another is the base; an absolute one is left as it is written.
 *
 * @returns undefined if it is relative and there is no base
 * @see RFC 3986, 5.2 (Relative Resolution)
 * @example resolveIri('../c#d', 'http://example.org/a/b') // 'http://example.org/c#d'
 */
export function resolveIri(iri: string, base: string | undefined): string | undefined {
  if (ABSOLUTE.test(iri)) return iri
  if (base === undefined) return undefined
  const [whole, scheme = '', authority = '', path = '', query = ''] = PARTS.exec(base)!
  if (iri === '' || iri[0] === '#') return whole + iri
  if (iri.startsWith('//')) return scheme + iri
  if (iri[0] === '?') return whole.slice(0, whole.length - query.length) + iri
  const end = iri.search(/[?#]|$/)
  const folder = path === '' && authority !== '' ? '/' : path.slice(0, path.lastIndexOf('/') + 1)
  const own = iri.slice(0, end)
  return scheme + authority + withoutDots(own[0] === '/' ? own : folder + own) + iri.slice(end)
}

/** A path without its steps `.` and `..`. */
function withoutDots(path: string): string {
  if (!path.includes('/.')) return path
  const steps: string[] = []
  const all = path.split('/')
  for (const [index, step] of all.entries()) {
    const isLast = index === all.length - 1
    if (step === '..' && steps.length > 1) steps.pop()
    if (step !== '.' && step !== '..') steps.push(step)
    else if (isLast) steps.push('')
  }
  return steps.join('/')
}
