import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import * as store from '../../src/index.store.ts'
import * as index from '../../src/index.ts'
import { parseQuery } from '../../src/query/engine.ts'
import { root } from '../given.ts'

const files = (await readdir(join(root, 'src'), { recursive: true })).filter(name => /(?<!\.d)\.ts$/.test(name))
const texts = await Promise.all(files.map(async file => ({ file, text: await readFile(join(root, 'src', file), 'utf8') })))
const examples = texts.flatMap(({ file, text }) =>
  [...text.matchAll(/@example (.+?) \/\/ (.+?)(?: \*\/)?$/gm)].map(([, expression, value]) => ({ file, expression, value })),
)

/** What the package exports: by its name, and as `communique/store`. */
const library = { ...index, ...store }
const project = await library.openProject(root)

test('everything that the library exports has an example', () => {
  const source = texts.map(({ text }) => text).join('\n')
  const missing = Object.keys(library).filter(name => {
    const [, docstring = ''] =
      new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*export (?:async )?(?:function\\*?|const|class) ${name}\\b`).exec(source) ?? []
    return !docstring.includes('@example')
  })
  expect(missing.filter(name => name !== 'cmq')).toEqual([])
})

test('docstrings have examples, each with its value', () => {
  expect(examples.length).toBeGreaterThan(10)
  const written = texts.reduce((sum, { text }) => sum + text.split('@example').length - 1, 0)
  expect(examples).toHaveLength(written)
})

describe('the example of a docstring gives what it says', () => {
  test.each(examples)('$file: $expression', async ({ file, expression, value }) => {
    expect(await evaluate(expression!, file)).toEqual(await evaluate(value!, file))
  })
})

/** An expression in which the library, the exports of a file, RDF/JS terms, the parser of queries and this project are known. */
async function evaluate(expression: string, file: string): Promise<unknown> {
  const scope = { ...library, ...DataFactory, parseQuery, project, ...(await import(join(root, 'src', file))) }
  const names = Object.keys(scope).filter(name => name !== 'default')
  const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<unknown>
  return new AsyncFunction(...names, `return (${expression})`)(...names.map(name => scope[name]))
}
