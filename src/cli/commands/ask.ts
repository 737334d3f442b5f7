import { ask } from '../../answers/ask.ts'
import { snapshotsOnly } from '../../answers/services.ts'
import { CommuniqueError } from '../../error.ts'
import { suggestion } from '../../nearest.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { askOptions, isCitedIn, resultFormat, writeAnswer } from './answer.ts'
import { askedOf } from './project.ts'

type Catalogue = Awaited<ReturnType<typeof askedOf>>['catalogue']

export async function run([name]: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number> {
  const asked = await askedOf(flags, terminal)
  const tagged = asked.catalogue.questions.filter(({ tags }) => flags.tag === undefined || tags.includes(String(flags.tag)))
  if (flags.tag !== undefined && tagged.length === 0) {
    const tags = [...new Set(asked.catalogue.questions.flatMap(question => question.tags))]
    throw new CommuniqueError('unknown-tag', {
      what: `no question has the tag "${flags.tag}"`,
      mend: suggestion(String(flags.tag), tags),
    })
  }
  if (name === undefined && flags.all !== true)
    return list({ ...asked.catalogue, questions: tagged }, asked.graph, flags, terminal)
  const names = name === undefined ? tagged.map(question => question.name) : [name]
  const isJson = resultFormat(flags).name === 'json' && name === undefined
  if (name === undefined && !TOGETHER.has(resultFormat(flags).name))
    throw new CommuniqueError('format-form', {
      what: `several answers are no ${resultFormat(flags).name}`,
      mend: `write them as ${[...TOGETHER].join(', ')}, or ask one after the other`,
    })
  if (isJson) terminal.out('[')
  let code = 0
  for (const [index, one] of names.entries()) {
    if (index > 0) terminal.out(isJson ? ',' : '')
    const format = resultFormat(flags)
    const answering = ask(asked, one, settings(flags), {
      ...(await askOptions(flags, asked.root, snapshotsOnly(asked.root))),
      cite: isCitedIn(format, flags),
    })
    code = Math.max(code, await writeAnswer(answering, format, flags, terminal))
  }
  if (isJson) terminal.out(']')
  return code
}

/** Formats in which answers can stand one after the other. */
const TOGETHER: ReadonlySet<string> = new Set(['table', 'records', 'markdown', 'json'])

/** What `--set name=value` gave: a parameter that stands twice gets both values. */
export function settings({ set = [] }: Flags): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const setting of set as readonly string[]) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? []
    if (name === undefined || value === undefined) {
      const mend = 'write it like --set country=Chile'
      throw new CommuniqueError('parameter-setting', { what: `"${setting}" sets nothing`, mend })
    }
    values[name] = [...(values[name] ?? []), value]
  }
  return values
}

/** All questions under their first tag, and those that are broken with the reason. */
async function list(
  { questions, broken }: Catalogue,
  { baseIRI }: { readonly baseIRI: string },
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { cataloguePage, catalogueTurtle, questionsByTag } = await import('../../questions/description.ts')
  const { out, err, style, width } = terminal
  if (flags.json === true || flags.format === 'json') {
    const described = questions.map(({ algebra: _, text: __, parameters, ...question }) => ({
      ...question,
      parameters: parameters.map(({ name, type, label, isOptional }) => ({ name, type, label, any: isOptional })),
    }))
    out(JSON.stringify({ questions: described, broken }, null, 2))
    return 0
  }
  if (flags.format === 'markdown' || flags.format === 'md') {
    out(cataloguePage(questions).trimEnd())
    return 0
  }
  if (flags.format === 'turtle' || flags.format === 'ttl') {
    out(catalogueTurtle(questions, baseIRI).trimEnd())
    return 0
  }
  const room = Math.min(34, Math.max(...questions.map(({ name }) => name.length)))
  for (const [tag, tagged] of questionsByTag(questions)) {
    out(style('bold', tag))
    for (const { name, summary, parameters } of tagged) {
      const takes = parameters.map(parameter => `--set ${parameter.name}=…`).join(' ')
      const words = wrap(`${summary}${takes === '' ? '' : ` (${takes})`}`, width - room - 4, ' '.repeat(room + 4))
      out(`  ${style('cyan', name.padEnd(room))}  ${words}`)
    }
    out('')
  }
  for (const { name, faults } of broken) {
    out(style('red', `${name} cannot be asked:`))
    for (const { what, where, mend } of faults)
      out(
        `  ${[where?.file, where?.line, where?.column].filter(Boolean).join(':')}: ${what}${mend === undefined ? '' : `; ${mend}`}`,
      )
  }
  err(`${questions.length} questions. Ask one: communique ask ${questions[0]?.name ?? '<name>'}`)
  return 0
}
