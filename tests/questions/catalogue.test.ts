import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Term } from '@rdfjs/types'
import { DataFactory, Parser } from 'n3'
import { isomorphic } from 'rdf-isomorphic'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../src/answers/answer.ts'
import { graphOfLayer } from '../../src/answers/answering.ts'
import { choicesOf } from '../../src/answers/ask.ts'
import { openProject } from '../../src/answers/open.ts'
import { LAYERS } from '../../src/project/layer.ts'
import type { Parameter } from '../../src/questions/parameter.ts'
import { termKey, tripleKey } from '../../src/rdf/term.ts'
import { termText } from '../../src/rdf/turtle.ts'
import { rdf } from '../../src/rdf/vocabulary.ts'
import { formatOf } from '../../src/results/format.ts'
import { type Algebra, isNode, isTerm } from '../../src/sparql/algebra.ts'
import { root } from '../given.ts'
import { oxigraphLines, oxigraphOfLayer, solutionLine } from './oxigraph.ts'

const project = await openProject(root)
const { questions, broken } = project.catalogue
const peers = Object.fromEntries(LAYERS.map(layer => [layer, oxigraphOfLayer(project, layer)]))

test('there are at least 40 questions, none of them broken, of all four forms and of all layers', () => {
  expect(broken).toEqual([])
  expect(questions.length).toBeGreaterThanOrEqual(40)
  expect(new Set(questions.map(({ form }) => form))).toEqual(new Set(['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE']))
  expect(new Set(questions.map(({ layer }) => layer))).toEqual(new Set(LAYERS))
})

test('some questions are marked for starters', () => {
  const starters = questions.filter(({ tags }) => tags.includes('starter')).map(({ name }) => name)
  expect(starters.length).toBeGreaterThanOrEqual(3)
  expect(starters).toContain('who-was-elected')
})

test('no two questions are one with another constant: that would be a parameter', () => {
  const shapes = new Map<string, string[]>()
  for (const { name, layer, algebra } of questions) {
    const shape = `${layer} ${JSON.stringify(shapeOf(algebra, new Map()))}`
    shapes.set(shape, [...(shapes.get(shape) ?? []), name])
  }
  expect([...shapes.values()].filter(names => names.length > 1)).toEqual([])
})

describe.each(questions)('$name', question => {
  const { name, summary, tags, text, layer } = question

  test('asks something, and says of what', () => {
    expect(summary).toMatch(/^\p{Lu}.*\?$/u)
    expect(tags.length).toBeGreaterThan(0)
  })

  test('gives the answer that is expected', async () => {
    const answer = await project.ask(name)
    expect(answer.complete).toBe(true)
    await expectFile(answer, name)
  })

  test('gives the answer that Oxigraph gives', async () => {
    expect(linesOf(await project.ask(name))).toEqual(oxigraphLines(peers[layer]!, text))
  })
})

describe.each(questions.filter(({ parameters }) => parameters.length > 0))('the parameters of $name', question => {
  const { name, form, layer, parameters, text } = question
  const graph = graphOfLayer(project, layer)
  const choices = async (parameter: Parameter): Promise<Term[]> => (await choicesOf(graph, question, parameter)).slice(0, 5)

  test.each(parameters)('$name has choices, and each has an answer', async parameter => {
    const found = await choices(parameter)
    if (parameter.type !== 'text' && parameter.type !== 'date') expect(found.length).toBeGreaterThan(0)
    for (const choice of found) {
      const { rows } = await project.ask(name, { [parameter.name]: choice }, { cite: false })
      expect(rows.length, choice.value).toBeGreaterThan(0)
    }
  })

  test.each(parameters)('$name can be left open where it says so', async parameter => {
    if (!parameter.isOptional) return
    const { rows, parameters: asked } = await project.ask(name, { [parameter.name]: 'any' }, { cite: false })
    expect(asked.get(parameter.name)).toEqual([])
    const each = await Promise.all(
      (await choicesOf(graph, question, parameter)).map(one => project.ask(name, { [parameter.name]: one }, { cite: false })),
    )
    if (form === 'SELECT') expect(rows).toHaveLength(each.reduce((sum, one) => sum + one.rows.length, 0))
  })

  test.each(parameters)('a list for $name gives what each of its values gives', async parameter => {
    const [one, other] = parameter.type === 'text' ? WORDS : parameter.type === 'date' ? DAYS : await choices(parameter)
    const answers = await Promise.all(
      [[one!], [other!], [one!, other!]].map(values => project.ask(name, { [parameter.name]: values }, { cite: false })),
    )
    const [first, second, both] = answers.map(linesOf) as [string[], string[], string[]]
    if (form === 'SELECT') expect(both).toEqual([...first, ...second].sort())
    else expect(both).toEqual([...new Set([...first, ...second])].sort())
  })

  test.each(parameters)('Oxigraph gives the same with other rows of $name in the text', async parameter => {
    const some = parameter.type === 'text' ? WORDS : parameter.type === 'date' ? DAYS : await choices(parameter)
    const calls: (readonly Term[])[] = [...some.map(one => [one]), some.slice(0, 2), ...(parameter.isOptional ? [[]] : [])]
    for (const values of calls) {
      const row = values.length === 0 ? 'UNDEF' : values.map(term => termText(term, {})).join(' ')
      const asked = text.replaceAll(
        new RegExp(`VALUES \\?${parameter.name} \\{[^}]*\\}`, 'g'),
        `VALUES ?${parameter.name} { ${row} }`,
      )
      const answer = await project.ask(name, { [parameter.name]: values.length === 0 ? 'any' : values }, { cite: false })
      expect(linesOf(answer), row).toEqual(oxigraphLines(peers[layer]!, asked))
    }
    expect(calls.length).toBeGreaterThanOrEqual(3)
  })
})

const date = DataFactory.namedNode('http://www.w3.org/2001/XMLSchema#date')
const WORDS = ['INTERPOL', 'session'].map(word => DataFactory.literal(word))
const DAYS = ['2021-11-23', '2022-06-01'].map(day => DataFactory.literal(day, date))

/** An answer as `oxigraphLines` writes it. */
function linesOf({ form, rows }: Answer): string[] {
  if (form === 'ASK') return [String(rows.length > 0)]
  if (form === 'SELECT') return rows.map(({ values }) => solutionLine(values)).sort()
  return rows
    .map(({ values }) => {
      const [subject, predicate, object] = ['subject', 'predicate', 'object'].map(part => values.get(part)!)
      return tripleKey({ subject, predicate, object } as never)
    })
    .sort()
}

/** Compares with the file beside the question: rows in their order, a graph as a graph. */
async function expectFile(answer: Answer, name: string): Promise<void> {
  const file = (extension: string): Promise<string> => readFile(join(root, 'queries', `${name}.expected.${extension}`), 'utf8')
  const written = (format: string): string => [...formatOf(format, answer.form).write(answer)].join('')
  if (answer.form === 'ASK') expect(`${answer.rows.length > 0}\n`).toBe(await file('txt'))
  else if (answer.form === 'SELECT') expect(written('tsv')).toBe(await file('tsv'))
  else expect(isomorphic(new Parser().parse(written('turtle')), new Parser().parse(await file('ttl')))).toBe(true)
}

/**
 * What is left of a query without its constants: a thing or a literal is one, and so is an individual of the vocabulary; a property
 * and a class is not. Variables are numbered as they come.
 */
function shapeOf(part: unknown, numbers: Map<string, number>, isKept = false): unknown {
  if (Array.isArray(part)) return part.map(one => shapeOf(one, numbers))
  if (isTerm(part) && !isNode(part)) {
    if (part.termType !== 'Variable') return isKept ? termKey(part) : 'constant'
    if (!numbers.has(part.value)) numbers.set(part.value, numbers.size)
    return numbers.get(part.value)
  }
  if (typeof part !== 'object' || part === null) return part
  const { type, predicate, bindings } = part as Algebra
  if (type === 'values') return [type, (bindings as object[]).map(row => shapeOf(Object.values(row), numbers))]
  if (type === 'pattern') {
    const isType = isTerm(predicate) && predicate.equals(rdf.type)
    return ['subject', 'predicate', 'object'].map(name =>
      shapeOf((part as Algebra)[name], numbers, name === 'predicate' || (name === 'object' && isType)),
    )
  }
  return Object.entries(part).map(([name, child]) => [name, shapeOf(child, numbers, type === 'link' || type === 'nps')])
}
