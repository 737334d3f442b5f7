import { distance } from 'fastest-levenshtein'
import type { Claim } from '../article/claim.ts'
import type { Project } from '../project/project.ts'
import { tripleKey } from '../rdf/term.ts'
import { byName, type Change, changeOf, type Fields, pairs, termValue, textValues, tripleValue } from './change.ts'

/** A claim on both sides, or on the one that has it. */
export type ClaimPair = readonly [before: Claim | undefined, after: Claim | undefined]

/**
 * The same claims of two projects. Ids are numbers within a sentence, which move when a claim is put in above: so claims are known by
 * what they say, first by all of it, then by less and less; by the id alone only if they still say something alike.
 *
 * @example matchClaims(project, project).every(([before, after]) => before === after) // true
 */
export function matchClaims(before: Project, after: Project): ClaimPair[] {
  return pairs(byName(before.documents), byName(after.documents)).flatMap(([, old, fresh]) =>
    matchWithin(old?.claims ?? [], fresh?.claims ?? []),
  )
}

function matchWithin(before: readonly Claim[], after: readonly Claim[]): ClaimPair[] {
  const texts = new Map([...before, ...after].map(claim => [claim, textsOf(claim)]))
  const keyOf = (claim: Claim, parts: Likeness): string => parts.map(part => texts.get(claim)![part]).join('\u0000')
  const partners = new Map<Claim, Claim>()
  const left = new Set(before)
  for (const parts of LIKENESSES) {
    for (const claim of after.filter(one => !partners.has(one) && !parts.some(part => texts.get(one)![part] === ''))) {
      const key = keyOf(claim, parts)
      const partner = [...left].find(one => keyOf(one, parts) === key && (parts.join() !== 'id' || isAlike(one, claim)))
      if (partner === undefined) continue
      partners.set(claim, partner)
      left.delete(partner)
    }
  }
  const found = [
    ...after.map((claim): ClaimPair => [partners.get(claim), claim]),
    ...[...left].map((claim): ClaimPair => [claim, undefined]),
  ]
  const place = ([old, fresh = old]: ClaimPair): number => fresh?.passage?.position ?? Number.MAX_SAFE_INTEGER
  return found.sort((a, b) => place(a) - place(b))
}

type Likeness = readonly ('id' | 'title' | 'quote' | 'statements')[]

const LIKENESSES: readonly Likeness[] = [
  ...([
    ['title', 'quote', 'statements', 'id'],
    ['title', 'quote', 'statements'],
  ] as const),
  ...([
    ['quote', 'statements'],
    ['title', 'quote'],
    ['title', 'statements'],
  ] as const),
  ...([['title'], ['statements'], ['quote', 'id'], ['quote'], ['id']] as const),
]

function textsOf({ id, title, quote, quads }: Claim): Readonly<Record<Likeness[number], string>> {
  return { id, title, quote: quote?.exact ?? '', statements: quads.map(tripleKey).sort().join('\n') }
}

/** Whether two claims share a statement, or half of the letters of their title or quote. */
function isAlike(one: Claim, other: Claim): boolean {
  const isLike = (text: string, like: string): boolean => distance(text, like) < Math.max(text.length, like.length) / 2
  const statements = new Set(one.quads.map(tripleKey))
  const shares = other.quads.some(triple => statements.has(tripleKey(triple)))
  return shares || isLike(one.title, other.title) || isLike(one.quote?.exact ?? '', other.quote?.exact ?? '')
}

/** The claims that came, went, changed or only moved, and the names of all but the last by their IRIs before and after. */
export function claimChanges(
  matched: readonly ClaimPair[],
  before: Project,
  after: Project,
): { readonly changes: Change[]; readonly names: readonly [Map<string, string>, Map<string, string>] } {
  const moved = new Map(matched.flatMap(([old, fresh]) => (old && fresh ? [[old.iri.value, fresh.id]] : [])))
  const names = [new Map<string, string>(), new Map<string, string>()] as const
  const changes = matched.flatMap(([old, fresh]): Change | readonly [] => {
    const [project, claim] = fresh === undefined ? [before, old!] : [after, fresh]
    const { title, passage } = claim
    const named = {
      name: nameOf(project, claim),
      formerly: old && fresh && old.id !== fresh.id ? nameOf(before, old) : undefined,
      title,
      sentence: passage && { number: passage.position, text: passage.text },
    }
    const change = changeOf(named, old && fieldsOf(before, old, moved), fresh && fieldsOf(after, fresh))
    if (change === undefined) return named.formerly === undefined ? [] : { change: 'moved', ...named, fields: [] }
    if (old) names[0].set(old.iri.value, named.name)
    if (fresh) names[1].set(fresh.iri.value, named.name)
    return change
  })
  return { changes, names }
}

/** The id that `communique why` takes. */
function nameOf({ documents }: Project, { id, iri }: Claim): string {
  return documents.length > 1 ? `${documents.find(one => iri.value.startsWith(`${one.iri}/`))?.name}/${id}` : id
}

/** @param moved ids after, by the IRIs of claims before */
function fieldsOf(project: Project, claim: Claim, moved?: ReadonlyMap<string, string>): Fields {
  const { kind, status, iri, source, quads, utterance } = claim
  const premises = claim.premises.map(id => moved?.get(iri.value.replace(/[^/]+$/, id)) ?? id)
  return new Map([
    ['kind', textValues(kind)],
    ['title', textValues(claim.title)],
    ['quote', textValues(claim.quote && `“${claim.quote.exact}”`)],
    ['read with', textValues(...claim.context.map(({ exact }) => `“${exact}”`))],
    ['voice', [termValue(project, claim.voice)]],
    ['status', textValues(kind === 'claim' ? status : undefined)],
    ['uttered in', utterance ? [termValue(project, utterance)] : []],
    ['reason', textValues(claim.reason)],
    ['assuming', textValues(claim.assumption)],
    ['certainty', textValues(claim.certainty)],
    ['inferred from', textValues(...premises)],
    ['source', textValues(source && `${source.title} <${source.iri.value}>`)],
    ['entered by', [termValue(project, claim.enteredBy)]],
    ['checked by', [termValue(project, claim.checkedBy)]],
    ['statement', quads.map(triple => tripleValue(project, triple))],
  ])
}
