import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { CommuniqueError } from '../error.ts'

/** A rule: one CONSTRUCT query in a file, with its name and what it takes for granted. */
export interface Rule {
  /** File name without extension; the rule's IRI is `…/rule/{name}`. */
  readonly name: string
  readonly file: string
  readonly text: string
  readonly summary: string
  readonly assumption?: string | undefined
  readonly certainty: string
}

/** The keys of a `#+` header in YAML, e.g. `summary`; empty when a file has none. */
export function readHeader(text: string, file: string): Readonly<Record<string, unknown>> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const header = lines.filter(line => line.startsWith('#+')).map(line => line.slice(2).replace(/^ /, '').replace(/\t/g, '  '))
  try {
    const value: unknown = parseYaml(header.join('\n'), { maxAliasCount: 0 })
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
  } catch (cause) {
    const line = (cause as { linePos?: [{ line: number }] }).linePos?.[0].line ?? 1
    throw new CommuniqueError('query-header', {
      what: 'the #+ header is not valid YAML',
      where: { file, line },
      mend: 'write lines like "#+ summary: what it asks"',
      cause,
    })
  }
}

/** Reads all rules of a folder, sorted by name; none when the folder does not exist. */
export async function readRules(folder: string): Promise<Rule[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter(name => name.endsWith('.rq')).sort()
  return Promise.all(
    files.map(async name => {
      const file = join(folder, name)
      const text = await readFile(file, 'utf8')
      const header = readHeader(text, file)
      return {
        name: basename(name, '.rq'),
        file,
        text,
        summary: String(header.summary ?? basename(name, '.rq')),
        assumption: header.assumption === undefined ? undefined : String(header.assumption),
        certainty: String(header.certainty ?? 'HighCertainty'),
      }
    }),
  )
}
