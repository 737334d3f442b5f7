import { once } from 'node:events'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser, Writer } from 'n3'
import { WORLD_FILES } from './queries.js'

/**
 * Writes the open data as N-Quads.
 *
 * @returns how many quads; undefined if the folder has none
 */
export async function writeWorld(folder, file) {
  if (!existsSync(join(folder, WORLD_FILES[0]))) return undefined
  const stream = createWriteStream(file)
  const writer = new Writer({ format: 'N-Quads' })
  let all = 0
  for (const name of WORLD_FILES) {
    const quads = new Parser({ baseIRI: `https://example.org/${name}`, blankNodePrefix: `b${all}` }).parse(
      readFileSync(join(folder, name), 'utf8'),
    )
    stream.write(writer.quadsToString(quads))
    all += quads.length
  }
  stream.end()
  await once(stream, 'finish')
  return { all, plain: all }
}
