import type { Literal } from 'n3'
import { type Claim, whereIs } from '../article/claim.ts'
import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './finding.ts'

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
  const texts = documents.flatMap(({ claims, language }) =>
    claims.filter(({ kind }) => kind === 'claim').flatMap(claim => textsOf(claim).map(text => ({ claim, text, language }))),
  )
  const wrong = texts.flatMap(({ claim, text, language }) => textFaults(text, claim, language))
  return {
    looked: quotes.length,
    unit: 'quotes',
    faults: [...faults.filter(isQuoteFault), ...moved, ...wrong],
    note: `${texts.length} texts in statements`,
  }
}

export function isQuoteFault({ code }: Fault): boolean {
  return code.startsWith('quote-')
}

/** The texts with a language in the statements of a claim: names and words of the text, never ours. */
function textsOf({ quads }: Claim): Literal[] {
  return quads.flatMap(({ object }) => (object.termType === 'Literal' && object.language !== '' ? [object] : []))
}

function textFaults({ value, language: tag }: Literal, claim: Claim, language: string): Fault[] {
  const { id, passage, quote, context } = claim
  const fault = (code: string, what: string, mend: string): Fault[] => [
    { code, what, mend, where: whereIs(claim, `"${value}"`), claim: id, sentence: passage?.position, quote: quote?.exact },
  ]
  const plain = (words: string): string => words.replace(/\s+/g, ' ').toLowerCase()
  if (![...(quote ? [quote] : []), ...context].some(({ exact }) => plain(exact).includes(plain(value)))) {
    const what = `"${value}" does not stand in the quote of this claim, nor in the words that resolve it`
    return fault(
      'text-not-quoted',
      what,
      'write the words as the text has them; a name of your own is a classification, with "- because:"',
    )
  }
  if (tag === language.toLowerCase()) return []
  return fault('text-language', `"${value}" is tagged @${tag}, and the text is @${language}`, `write @${language}`)
}
