import { rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CommuniqueError } from '../../error.ts'
import { pageOf } from '../../linking/identifier.ts'
import type { Mapping, MappingSet, Verdict } from '../../linking/mapping.ts'
import { mappingsText } from '../../linking/mapping.ts'
import { type Candidate, type Reconciliation, reconcile } from '../../linking/reconcile.ts'
import { type CandidateSource, fileSource, sourceOfFile } from '../../linking/source.ts'
import { type Thing, thingsToLink } from '../../linking/thing.ts'
import { decidedPairs, withdrawn, withVerdict } from '../../linking/verdict.ts'
import { suggestion } from '../../nearest.ts'
import { LINKS, type Project } from '../../project/project.ts'
import { findThing, labelOf } from '../../project/thing.ts'
import { expand } from '../../rdf/prefixes.ts'
import type { Flags } from '../command.ts'
import { type Terminal, wrap } from '../terminal.ts'
import { projectOf } from './project.ts'

type Action = (project: Project, names: readonly (string | undefined)[], flags: Flags, terminal: Terminal) => Promise<number>

const ACTIONS: Readonly<Record<string, Action>> = {
  suggest,
  accept: (...call) => decide('accepted', ...call),
  reject: (...call) => decide('rejected', ...call),
  unsure: (...call) => decide('unsure', ...call),
  none: (...call) => decide('none', ...call),
  withdraw,
  status,
  snapshot: async (_, names, flags, terminal) => (await import('./snapshot.ts')).run(names, flags, terminal),
}

export async function run(
  [action = 'status', ...names]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const known = ACTIONS[action]
  if (known === undefined)
    throw new CommuniqueError('unknown-action', {
      what: `link does not ${action}`,
      mend: suggestion(action, Object.keys(ACTIONS)),
    })
  return known(await projectOf(flags, terminal), names, flags, terminal)
}

/** Candidates for one thing, or for all that nothing was decided of, each with its reasons. */
async function suggest(
  project: Project,
  [name]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const found = await candidates(project, name, flags, terminal)
  if (flags.json === true) {
    terminal.out(JSON.stringify({ suggestions: found.map(({ thing, ...rest }) => ({ thing: thing.iri, ...rest })) }, null, 2))
    return 0
  }
  for (const { thing, verdict, because, candidates: likely, ruledOut } of found) {
    terminal.out(terminal.style('bold', `${thing.names[0]?.text ?? thing.iri}: ${verdict}`))
    terminal.out(wrap(`  ${because}`, terminal.width, '  '))
    for (const candidate of likely) tell(candidate, terminal)
    for (const { label, iri, reasons } of ruledOut.slice(0, 3))
      terminal.out(
        wrap(`  not ${label} <${iri}>: ${reasons.find(({ veto }) => veto)?.words ?? 'ruled out'}`, terminal.width, '      '),
      )
  }
  if (flags.automatic === true) {
    const accepted = found.filter(({ verdict }) => verdict === 'automatic')
    const mappings = accepted.map(({ thing, candidates: [best] }) => mappingOf(project, thing, best!, 'accepted', flags))
    await save(project, mappings.reduce(withVerdict, project.links), terminal)
    terminal.err(`${accepted.length} accepted by the tool, two independent keys each`)
  }
  return 0
}

/** A candidate with what speaks for and against it, as weights that add up. */
function tell({ label, iri, score, weight, reasons, keys }: Candidate, { out, width, style }: Terminal): void {
  out(
    `  ${style('cyan', `${Math.round(score * 100)} %`)}  ${label} <${iri}>${keys.length === 0 ? '' : `  keys: ${keys.join(', ')}`}`,
  )
  for (const { weight: bits, words } of reasons)
    out(`      ${`${bits < 0 ? '' : '+'}${bits.toFixed(1)}`.padStart(6)}  ${wrap(words, width - 14, ' '.repeat(14))}`)
  out(`      ${`= ${weight.toFixed(1)}`.padStart(6)}  bits`)
}

async function candidates(
  project: Project,
  name: string | undefined,
  flags: Flags,
  terminal: Terminal,
): Promise<Reconciliation[]> {
  const things = thingsToLink(project)
  const wanted = name === undefined ? things : things.filter(({ iri }) => iri === findThing(project, name).value)
  terminal.progress('reading sources')
  const found = await reconcile(wanted, sourcesOf(flags), {
    automatic: flags.automatic === true,
    rejected: decidedPairs(project.links),
  })
  terminal.progress('')
  return found
}

function sourcesOf({ from }: Flags): CandidateSource[] {
  const paths = (from ?? []) as readonly string[]
  if (paths.length > 0) return paths.map(path => fileSource(path))
  throw new CommuniqueError('option-missing', {
    what: '--from is not given: a file or folder of open data to look in',
    mend: 'write --from countries.ttl, twice for two',
  })
}

/** Writes down what was decided of a thing and a candidate; or that the thing was looked for and not found. */
async function decide(
  verdict: Verdict,
  project: Project,
  [name, target]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  if (name === undefined)
    throw new CommuniqueError('option-missing', {
      what: 'which thing?',
      mend: `write communique link ${verdict} <thing> <target>`,
    })
  if (target === undefined && verdict !== 'none')
    throw new CommuniqueError('option-missing', {
      what: 'which candidate?',
      mend: 'see "communique link suggest", or write "link none" where there is none',
    })
  const [reconciliation] = await candidates(project, name, flags, terminal)
  if (reconciliation === undefined)
    throw new CommuniqueError('link-thing', {
      what: `${name} is nothing that is linked`,
      mend: 'persons, organizations, places, posts and topics are',
    })
  const { thing, candidates: likely, ruledOut } = reconciliation
  const found = [...likely, ...ruledOut].find(
    ({ iri }) => iri === target || iri === safely(() => expand(target ?? '', project.links.prefixes)),
  )
  if (target !== undefined && found === undefined)
    throw new CommuniqueError('link-target', {
      what: `<${target}> is no candidate for ${thing.names[0]?.text}`,
      mend: suggestion(
        target,
        likely.map(({ iri }) => iri),
      ),
    })
  const mapping = found === undefined ? noneOf(project, thing, flags) : mappingOf(project, thing, found, verdict, flags)
  await save(project, withVerdict(project.links, mapping), terminal)
  return 0
}

function safely(work: () => string): string | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function mappingOf(
  project: Project,
  thing: Thing,
  { iri, label, score, keys, record }: Candidate,
  verdict: Verdict,
  flags: Flags,
): Mapping {
  const isConcept = thing.kinds.includes('topic')
  const relation = typeof flags.as === 'string' ? flags.as : isConcept ? 'skos:exactMatch' : 'owl:sameAs'
  const [source] = record.sources
  const given = typeof flags.keys === 'string' ? flags.keys.split(',') : undefined
  return {
    subject: thing.iri,
    subjectLabel: thing.names[0]?.text ?? '',
    predicate: expand(relation, project.links.prefixes),
    object: relation === 'schema:sameAs' ? pageOf(iri) : iri,
    objectLabel: label,
    verdict,
    justification: verdict === 'accepted' && flags.automatic === true ? 'semapv:CompositeMatching' : 'semapv:MappingReview',
    confidence: Number(score.toFixed(2)),
    keys: given ?? keys,
    ...decisionBy(project, flags),
    ...sourceOf(project, source?.name ?? '', source?.version),
    tool: 'communique link',
  }
}

/** That a thing was looked for and not found. */
function noneOf(project: Project, thing: Thing, flags: Flags): Mapping {
  const names = (flags.from as readonly string[]).map(path => basename(path))
  return {
    subject: thing.iri,
    subjectLabel: thing.names[0]?.text ?? '',
    predicate: expand('owl:sameAs', project.links.prefixes),
    objectLabel: '',
    verdict: 'none',
    justification: 'semapv:MappingReview',
    keys: [],
    ...decisionBy(project, flags),
    ...sourceOf(project, names[0]!, undefined),
    record: names.join(' '),
    tool: 'communique link',
  }
}

function decisionBy(
  project: Project,
  { by, comment, automatic }: Flags,
): Pick<Mapping, 'author' | 'reviewer' | 'date' | 'comment'> {
  const agent = typeof by === 'string' ? (/^https?:/.test(by) ? by : `${project.baseIRI}agent/${by}`) : undefined
  if (agent === undefined && automatic !== true)
    throw new CommuniqueError('option-missing', {
      what: '--by is not given: who decides',
      mend: 'write --by with an agent of data/dataset.ttl',
    })
  return {
    author: `${project.baseIRI}agent/communique`,
    reviewer: agent ?? `${project.baseIRI}agent/communique`,
    date: new Date().toISOString().slice(0, 10),
    comment: typeof comment === 'string' ? comment : undefined,
  }
}

/** The dataset of `data/sources.ttl` that a file is of, by its `dcterms:identifier`. */
function sourceOf(
  project: Project,
  name: string,
  version: string | undefined,
): Pick<Mapping, 'source' | 'sourceVersion' | 'record'> {
  const source = sourceOfFile(project, basename(name)).value
  return { source, sourceVersion: version ?? '', record: basename(name) }
}

async function withdraw(
  project: Project,
  [name, target]: readonly (string | undefined)[],
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const thing = findThing(project, name ?? '').value
  const iri = /^[a-z]+:\/\//i.test(target ?? '') ? target! : expand(target ?? '', project.links.prefixes)
  const today = new Date().toISOString().slice(0, 10)
  await save(
    project,
    withdrawn(project.links, thing, iri, today, typeof flags.comment === 'string' ? flags.comment : undefined),
    terminal,
  )
  return 0
}

/** What was decided, thing by thing, and what is still open. */
async function status(
  project: Project,
  _: readonly (string | undefined)[],
  { json }: Flags,
  { out, style, width }: Terminal,
): Promise<number> {
  const things = thingsToLink(project)
  const { mappings } = project.links
  const open = things.filter(({ iri }) => mappings.every(({ subject, verdict }) => subject !== iri || verdict === 'withdrawn'))
  if (json === true) {
    out(JSON.stringify({ mappings, open: open.map(({ iri }) => iri) }, null, 2))
    return 0
  }
  for (const { subjectLabel, verdict, object, objectLabel, keys, reviewer, date, record } of mappings) {
    const what = object === undefined ? `looked for in ${record}` : `${objectLabel} <${object}>`
    const who = reviewer === undefined ? '' : `, ${labelOf(project, { termType: 'NamedNode', value: reviewer } as never)}`
    const words = `${subjectLabel}: ${what}${keys.length === 0 ? '' : ` (${keys.join(', ')})`}, ${date}${who}`
    out(`${style('bold', verdict.padEnd(9))}  ${wrap(words, width - 11, ' '.repeat(11))}`)
  }
  for (const { names } of open) out(`${'open'.padEnd(9)}  ${names[0]?.text}`)
  return 0
}

/** Written whole or not at all. */
async function save(project: Project, set: MappingSet, { err }: Terminal): Promise<void> {
  const path = join(project.root, LINKS)
  await writeFile(`${path}.new`, mappingsText(set))
  await rename(`${path}.new`, path)
  err(`wrote ${LINKS}: ${set.mappings.length} verdicts`)
}
