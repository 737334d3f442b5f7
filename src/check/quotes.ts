import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './check.ts'

/** Every quote stands in the text word for word, once, within one sentence. */
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
  return { looked: quotes.length, unit: 'quotes', faults: [...faults.filter(isQuoteFault), ...moved] }
}

export function isQuoteFault({ code }: Fault): boolean {
  return code.startsWith('quote-')
}
