import { PREFIXES } from '../rdf/prefixes.ts'
import { turtleString } from '../rdf/turtle.ts'
import type { SavedQuestion } from './question.ts'

/**
 * The catalogue as RDF, in the manner of SIB's sparql-examples: each question an `sh:SPARQLExecutable` with its query, what it
 * asks, its keywords and its parameters.
 *
 * @see SHACL Advanced Features, 5 (SPARQL Executables), https://github.com/sib-swiss/sparql-examples
 */
export function catalogueTurtle(questions: readonly SavedQuestion[], baseIRI: string): string {
  const blocks = questions.map(question => {
    const { name, form, summary, description, tags, text, parameters, layer, view } = question
    const facts = [
      `a sh:SPARQLExecutable, sh:SPARQL${form === 'DESCRIBE' ? 'Construct' : `${form[0]}${form.slice(1).toLowerCase()}`}Executable`,
      `rdfs:label ${turtleString(summary)}@en`,
      ...(description === undefined ? [] : [`rdfs:comment ${turtleString(description)}@en`]),
      ...(tags.length === 0 ? [] : [`schema:keywords ${tags.map(turtleString).join(', ')}`]),
      `sh:${PROPERTIES[form]} ${turtleString(text)}`,
      `schema:target <${baseIRI}layer/${layer}>`,
      `schema:additionalType ${turtleString(view)}`,
      ...parameters.map(
        ({ name: parameter, type, label }) =>
          `sh:parameter [ sh:path <${baseIRI}parameter/${parameter}> ; sh:name ${turtleString(label)} ; sh:description ${turtleString(type)} ]`,
      ),
    ]
    return `<${baseIRI}question/${name}>\n    ${facts.join(' ;\n    ')} .\n`
  })
  const prefixes = ['rdfs', 'schema', 'sh'].map(prefix => `@prefix ${prefix}: <${PREFIXES[prefix as keyof typeof PREFIXES]}> .\n`)
  return [prefixes.join(''), ...blocks].join('\n')
}

const PROPERTIES = { SELECT: 'select', ASK: 'ask', CONSTRUCT: 'construct', DESCRIBE: 'construct' } as const

/** Questions under their first tag: those to start with, then by the alphabet. */
export function questionsByTag(
  questions: readonly SavedQuestion[],
): (readonly [tag: string, questions: readonly SavedQuestion[]])[] {
  const tags = [...new Set(questions.map(tagOf))].sort()
  const ordered = [...tags.filter(tag => tag === 'starter'), ...tags.filter(tag => tag !== 'starter')]
  return ordered.map(tag => [tag, questions.filter(question => tagOf(question) === tag)] as const)
}

function tagOf({ tags: [first = 'other'] }: SavedQuestion): string {
  return first
}

/** The catalogue as a page: `queries/README.md`. */
export function cataloguePage(questions: readonly SavedQuestion[]): string {
  const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[|\\]/g, '\\$&')
  const sections = questionsByTag(questions).map(([tag, tagged]) => {
    const rows = tagged.map(({ name, summary, form, layer, parameters }) => {
      const takes = parameters.map(parameter => `\`${parameter.name}\` (${parameter.type})`).join(', ')
      return `| [${name}](${name}.rq) | ${cell(summary)} | ${form} | ${layer} | ${takes} |`
    })
    return `## ${tag}\n\n| name | asks | form | layer | parameters |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return `# Saved questions

${questions.length} questions that a reader of a communique asks. Each is a plain SPARQL 1.1 query that runs unchanged on any endpoint; its
header says what it asks, and the file beside it is the answer that is expected (\`communique test\` compares them).

    communique ask                        # this list
    communique ask who-was-elected        # an answer with its sentences
    communique ask countries-met --set country=Chile

To add one: write \`queries/<name>.rq\` with a header like those here, read the answer of \`communique ask <name>\` against
the text, then \`communique test <name> --update\` writes it down as the expected one, and \`npm run generate\` lists it here.

${sections.join('\n')}`
}
