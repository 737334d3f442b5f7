import type { Claim } from '../article/claim.ts'
import { whereIs } from '../article/claim.ts'
import type { Fault } from '../error.ts'
import { suggestion } from '../nearest.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { Project } from '../project/project.ts'
import { shorten } from '../rdf/prefixes.ts'
import type { Finding } from './finding.ts'

/**
 * Every thing that claims name - in statements, as a voice, as an utterance - is a thing of which some claim says
 * something, and every agent who enters or checks is described in `data/dataset.ttl`: a name that stands alone is a slip.
 */
export function checkReferences(project: Project): Finding {
  const { documents, baseIRI, store } = project
  const things = new Set(
    documents.flatMap(({ claims }) => claims.flatMap(({ quads }) => quads.map(({ subject }) => subject.value))),
  )
  const faults: Fault[] = []
  const named = new Set<string>()
  for (const { claim, iri } of documents.flatMap(namesOf).filter(name => name.iri.startsWith(`${baseIRI}id/`))) {
    named.add(iri)
    if (!things.has(iri)) faults.push(loneName(iri, claim, things, project))
  }
  const agents = store.getSubjects(null, null, `${baseIRI}about`).map(({ value }) => value)
  for (const { claims } of documents) {
    const signed = new Map(
      claims.flatMap(claim => [claim.enteredBy, claim.checkedBy].map(({ value }) => [value, claim] as const)),
    )
    for (const [agent, claim] of signed) {
      named.add(agent)
      if (!agents.includes(agent)) faults.push(unknownAgent(agent, claim, agents, project))
    }
  }
  return { looked: named.size, unit: 'names', faults }
}

function namesOf({ claims }: CommuniqueDocument): { iri: string; claim: Claim }[] {
  return claims.flatMap(claim => {
    const inStatements = claim.quads.flatMap(({ object }) => (object.termType === 'NamedNode' ? [object] : []))
    const all = [...inStatements, claim.voice, ...(claim.utterance ? [claim.utterance] : [])]
    return all.map(({ value }) => ({ iri: value, claim }))
  })
}

function loneName(iri: string, claim: Claim, things: ReadonlySet<string>, { baseIRI, prefixes }: Project): Fault {
  const slugs = [...things].filter(other => other.startsWith(`${baseIRI}id/`)).map(other => other.slice(baseIRI.length + 3))
  const name = shorten(iri, prefixes)
  return {
    code: 'lone-name',
    what: `${name} is named here, and no claim says anything of it`,
    where: whereIs(claim, name),
    claim: claim.id,
    sentence: claim.passage?.position,
    quote: claim.quote?.exact,
    mend: suggestion(iri.slice(baseIRI.length + 3), slugs),
  }
}

function unknownAgent(iri: string, claim: Claim, agents: readonly string[], { baseIRI }: Project): Fault {
  const names = agents.filter(other => other.startsWith(`${baseIRI}agent/`)).map(other => other.slice(baseIRI.length + 6))
  const name = iri.slice(baseIRI.length + 6)
  return {
    code: 'unknown-agent',
    what: `the agent "${name}" is not described in data/dataset.ttl`,
    where: { file: claim.where.file, line: 1, column: 1 },
    mend: `${suggestion(name, names)}, or describe <${iri}> there: who or what it is`,
  }
}
