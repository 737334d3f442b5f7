import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

export const root = resolve(import.meta.dirname, '..')

/** A copy of this repository's project in a folder of its own, removed after the test. */
export async function givenProject(
  files: Readonly<Record<string, string | ((text: string) => string) | Uint8Array>> = {},
  { bare = false } = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'communique-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (bare) await cp(join(root, 'data', 'dataset.ttl'), join(folder, 'data', 'dataset.ttl'))
  else await cp(join(root, 'data'), join(folder, 'data'), { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof content === 'function' ? content(await readFile(path, 'utf8')) : content)
  }
  return folder
}

/** An edit that fails loudly when the text to replace is not there. */
export function replacing(from: string, to: string): (text: string) => string {
  return text => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the file`)
    return text.replace(from, () => to)
  }
}
