import { join } from 'node:path'
import { draftDocument } from '../../project/draft.ts'
import type { Flags } from '../command.ts'
import type { Terminal } from '../terminal.ts'

export async function run([folder = '']: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const draft = await draftDocument(folder, typeof flags.language === 'string' ? flags.language : undefined)
  if (flags.json === true) terminal.out(JSON.stringify(draft, null, 2))
  else {
    for (const path of draft.written) terminal.err(`wrote ${path}`)
    for (const path of draft.kept) terminal.err(`kept ${path}`)
    terminal.out(
      `${draft.sentences} ${draft.sentences === 1 ? 'sentence' : 'sentences'} laid out. Next: write claims in ${join(folder, 'claims.md')}, then run "communique check".`,
    )
  }
  return 0
}
