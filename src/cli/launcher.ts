import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireCached, useCodeCache } from '../code-cache.ts'

/** What `communique` starts: the program in one file, compiled before. */
useCodeCache()
const [, , command = 'help'] = process.argv
// Not by the table of commands, which would have to be loaded first.
const known = 'ask link export convert query show why article check test diff draft draw describe completion'.split(' ')
requireCached(join(dirname(fileURLToPath(import.meta.url)), 'program.cjs'), known.includes(command) ? command : 'help')
