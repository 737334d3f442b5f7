import type { Fault } from '../error.ts'
import { readTurtle } from '../rdf/read.ts'
import { turtleString } from '../rdf/turtle.ts'
import { cmq, oa } from '../rdf/vocabulary.ts'
import type { Passage } from './passage.ts'

/** The passages that a `passages.ttl` lays out, by position; whether they stand in the article is not looked at. */
export function readPassages(text: string, file: string, documentIRI: string): { passages: Passage[]; faults: Fault[] } {
  const { quads, faults } = readTurtle(text, { file, baseIRI: `${documentIRI}/` })
  const bySubject = new Map<string, Map<string, string>>()
  for (const { subject, predicate, object } of quads) {
    const entry = bySubject.get(subject.value) ?? new Map<string, string>()
    bySubject.set(subject.value, entry.set(predicate.value, object.value))
  }
  const passages = [...bySubject.values()].map(entry => ({
    position: Number(entry.get(cmq.position.value)),
    paragraph: Number(entry.get(cmq.paragraph.value)),
    start: Number(entry.get(oa.start.value)),
    end: Number(entry.get(oa.end.value)),
    text: entry.get(cmq.passageText.value) ?? '',
  }))
  return { passages: passages.sort((a, b) => a.position - b.position), faults: [...faults] }
}

/** The passages as Turtle: one block a sentence, in reading order. */
export function passagesTurtle(passages: readonly Passage[], language: string): string {
  const blocks = passages.map(
    ({ position, paragraph, start, end, text }) => `
<s${position}> a cmq:Passage ;
  cmq:position ${position} ;
  cmq:paragraph ${paragraph} ;
  oa:start ${start} ;
  oa:end ${end} ;
  cmq:passageText ${turtleString(text)}@${language} .
`,
  )
  return HEAD + blocks.join('')
}

const HEAD = `@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .

# Laid out by "communique draft". Offsets count code points, end exclusive. To join or split sentences, edit the texts
# here and run it again: it keeps your texts and fills in the rest.
`
