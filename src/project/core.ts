import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where what ships with the package lies: ontology, rules, the program as an agent. A project has a base of its own. */
export const CORE_BASE = 'https://w3id.org/communique/'

/** Where a project keeps what other sources said, each in a file. */
export const SNAPSHOTS = 'data/snapshots'

/** The folder of this package: where the core ontology and the article that ships with it lie. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!/[\\/](src|dist)$/.test(folder) && folder !== dirname(folder)) folder = dirname(folder)
  return dirname(folder)
}
