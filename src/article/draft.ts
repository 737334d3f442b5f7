import { turtleString } from '../rdf/turtle.ts'
import type { Passage } from './passage.ts'

/** The files of a new document folder, ready for its annotator: the sentences laid out once, the claims file begun. */
export function draftFiles(
  passages: readonly Passage[],
  language: string,
  sha256: string,
  name: string,
): Readonly<Record<'document.ttl' | 'passages.ttl' | 'claims.md', string>> {
  return {
    'document.ttl': `@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

# Add what is known and can be backed: dcterms:title, dcterms:source, dcterms:issued, dcterms:publisher.
<> a cmq:Communique ;
  rdfs:label ${JSON.stringify(name)}@en ;
  dcterms:language "${language}" ;
  dcterms:rights "The article's text and every quote of it belong to their source; this project gives no licence for them."@en ;
  cmq:sha256 "${sha256}" .
`,
    'passages.ttl': passagesTurtle(passages, language),
    'claims.md': `---
entered by: curator
checked by: curator
---

# ${name}, claim by claim
${passages.map(passage => `\n# Sentence ${passage.position}\n\n<!-- ${passage.text.replace(/--+>/g, '→').replace(/\s+/g, ' ')} -->\n`).join('')}`,
  }
}

/** The passages as Turtle: one block a sentence, in reading order. */
export function passagesTurtle(passages: readonly Passage[], language: string): string {
  const head = `@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .

# Laid out by "communique draft". Offsets count code points, end exclusive.
`
  return (
    head +
    passages
      .map(
        ({ position, paragraph, start, end, text }) => `
<s${position}> a cmq:Passage ;
  cmq:position ${position} ;
  cmq:paragraph ${paragraph} ;
  oa:start ${start} ;
  oa:end ${end} ;
  cmq:passageText ${turtleString(text)}@${language} .
`,
      )
      .join('')
  )
}
