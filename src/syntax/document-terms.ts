import { DataFactory } from 'n3'

let documents = 0

/**
 * The factory for the terms of one document. Its blank nodes are those of no other document, whatever their labels, nor
 * any that n3 makes elsewhere.
 *
 * @see RDF 1.2 Concepts, 3.4 (Blank nodes): labels are local to a document
 * @example documentTerms().blankNode('a').equals(documentTerms().blankNode('a')) // false
 */
export function documentTerms(): typeof DataFactory {
  const scope = `d${++documents}`
  let unlabelled = 0
  return {
    ...DataFactory,
    blankNode: label => DataFactory.blankNode(label === undefined ? `${scope}-${++unlabelled}` : `${scope}_${plain(label)}`),
    literal: (value, kind) => {
      // JSON-LD gives a text a direction without a language, which RDF 1.2 does not have.
      const isPlain = !kind || (typeof kind === 'object' && 'language' in kind && kind.language === '')
      return DataFactory.literal(value, isPlain ? undefined : kind)
    },
  } as typeof DataFactory
}

/** Whether a blank node of a document has no label there. */
export function isUnlabelled(label: string): boolean {
  return /^d\d+-\d+$/.test(label)
}

/** JSON-LD takes any label; what Turtle would not take is written as its code point between dots. */
function plain(label: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(label)
    ? label
    : label.replace(/[^\p{L}\p{N}_-]/gu, character => `\u00b7${character.codePointAt(0)!.toString(16)}\u00b7`)
}
