import { type SourcedStatement, statementsAbout } from '../../project/source.ts'
import { findThing, labelOf } from '../../project/thing.ts'
import { termText } from '../../rdf/turtle.ts'
import { sourceLines } from '../../results/source.ts'
import type { Terminal } from '../terminal.ts'
import { projectOf } from './project.ts'
import type { Flags } from './table.ts'

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const project = await projectOf(flags)
  const thing = findThing(project, name ?? '')
  const { subject, object } = statementsAbout(project, thing)
  if (flags.json === true) {
    const plain = ({ triple, sources }: SourcedStatement): object => ({
      subject: triple.subject.value,
      predicate: triple.predicate.value,
      object: termText(triple.object, project.prefixes),
      sources,
    })
    terminal.out(
      JSON.stringify(
        { thing: thing.value, label: labelOf(project, thing), statements: [...subject, ...object].map(plain) },
        null,
        2,
      ),
    )
    return 0
  }
  terminal.out(`${terminal.style('bold', labelOf(project, thing))}  ${terminal.style('dim', thing.value)}`)
  for (const { triple, sources } of subject)
    print(`${labelOf(project, triple.predicate)}: ${labelOf(project, triple.object)}`, sources)
  for (const { triple, sources } of object)
    print(`← ${labelOf(project, triple.subject)} ${labelOf(project, triple.predicate)}`, sources)
  return 0

  function print(statement: string, sources: SourcedStatement['sources']): void {
    terminal.out(`\n${statement}`)
    for (const source of sources) for (const line of sourceLines(source, '  ')) terminal.out(terminal.style('dim', line))
  }
}
