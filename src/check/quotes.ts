import { type Claim, whereIs } from '../article/claim.ts'
import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './check.ts'

/** Every quote stands in the text word for word, once, within one sentence; and texts in statements are words of their quote. */
export function checkQuotes({ documents, faults }: Project): Finding {
  const quotes = documents.flatMap(({ article, claims }) =>
    claims.flatMap(({ id, where, quote, context }) =>
      [...(quote ? [quote] : []), ...context].map(words => ({ article, id, where, words })),
    ),
  )
  const moved = quotes
    .filter(({ article, words }) => article.slice(words.start, words.end) !== words.exact)
    .map(({ id, where, words }) => {
      const what = 'the quote is not what stands at its offsets'
      return { code: 'quote-not-found', what, where, claim: id, quote: words.exact }
    })
  const texts = documents.flatMap(({ claims }) => claims.filter(({ kind }) => kind === 'claim').flatMap(textsOf))
  const unquoted = texts.filter(({ claim, text }) => !isQuoted(text, claim)).map(({ claim, text }) => unquotedText(claim, text))
  return {
    looked: quotes.length,
    unit: 'quotes',
    faults: [...faults.filter(isQuoteFault), ...moved, ...unquoted],
    note: `${texts.length} texts in statements`,
  }
}

export function isQuoteFault({ code }: Fault): boolean {
  return code.startsWith('quote-')
}

/** The texts with a language in the statements of a claim: names and words of the text, never ours. */
function textsOf(claim: Claim): { claim: Claim; text: string }[] {
  return claim.quads.flatMap(({ object }) =>
    object.termType === 'Literal' && object.language !== '' ? [{ claim, text: object.value }] : [],
  )
}

function isQuoted(text: string, { quote, context }: Claim): boolean {
  const plain = (words: string): string => words.replace(/\s+/g, ' ').toLowerCase()
  return [...(quote ? [quote] : []), ...context].some(({ exact }) => plain(exact).includes(plain(text)))
}

function unquotedText(claim: Claim, text: string): Fault {
  const { id, passage, quote } = claim
  return {
    code: 'text-not-quoted',
    what: `"${text}" does not stand in the quote of this claim, nor in the words that resolve it`,
    where: whereIs(claim, `"${text}"`),
    claim: id,
    sentence: passage?.position,
    quote: quote?.exact,
    mend: 'write the words as the text has them; a name of your own is a classification, with "- because:"',
  }
}
