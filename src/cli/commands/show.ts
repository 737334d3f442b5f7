import { findThing } from '../../project/thing.ts'
import { sourceLine } from '../../results/source.ts'
import { groundsOf, statementsByKind, thingReport } from '../../results/thing.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { askedOf } from './project.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const { graph } = await askedOf(flags, terminal)
  const report = thingReport(graph, findThing(graph, name ?? ''))
  if (flags.json === true) {
    terminal.out(JSON.stringify(report, null, 2))
    return 0
  }
  const { style, out, width } = terminal
  out(style('bold', report.label))
  out(style('dim', report.thing))
  for (const [heading, statements] of statementsByKind(report)) {
    out(`\n${style('bold', heading)}`)
    for (const { text, sources } of statements) {
      const ids = groundsOf(sources).flatMap(({ id, status }) => (status === 'Source' ? [] : [id]))
      out(`  ${wrap(`${text}  ${ids.map(id => `[${id}]`).join(' ')}`, width - 4, '    ')}`)
    }
    for (const rule of new Set(statements.flatMap(({ sources }) => sources.flatMap(source => source.rule ?? [])))) {
      if (heading === 'Inferred') out(style('dim', `  ${wrap(`rule: ${rule}`, width - 4, '    ')}`))
    }
  }
  out(`\n${style('bold', 'Sources')}`)
  for (const source of groundsOf(report.statements.flatMap(({ sources }) => sources)))
    out(style('dim', `  ${wrap(sourceLine(source), width - 4, '    ')}`))
  return 0
}
