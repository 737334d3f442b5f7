import type { Fault } from '../error.ts'
import { collectFaults } from '../error.ts'
import { quadsIn } from '../federation/snapshot.ts'
import { readTexts } from '../file.ts'
import { type Coded, contradictions } from '../linking/contradiction.ts'
import { codeOf, formGivenOut, kindsOfSpace, normalIri } from '../linking/identifier.ts'
import type { Mapping } from '../linking/mapping.ts'
import { kindOf, specificKinds } from '../linking/property.ts'
import { SNAPSHOTS } from '../project/core.ts'
import { LINKS, type Project } from '../project/project.ts'
import { shorten } from '../rdf/prefixes.ts'
import { cmq, rdf, skos } from '../rdf/vocabulary.ts'
import type { Finding } from './finding.ts'

/**
 * Links say no more than is known: each is of a thing of the project, decided once, with a reviewer who is described; persons by two
 * keys that are independent; concepts match, individuals are the same, of the same kind. Taken together, and with what snapshots say
 * of their targets, they make no two things one: neither two of ours, nor two of a source.
 */
export async function checkLinks(project: Project): Promise<Finding> {
  const { mappings } = project.links
  const accepted = mappings.filter(({ verdict }) => verdict === 'accepted')
  const faults = [
    ...mappings.flatMap(mapping => mappingFaults(project, mapping)),
    ...accepted.flatMap(mapping => linkFaults(project, mapping)),
    ...doubleFaults(project, accepted),
  ]
  const told = await collectFaults(faults, () => saidElsewhere(project))
  return {
    looked: mappings.length,
    unit: 'mappings',
    faults: [...faults, ...mergedFaults(project, accepted, told ?? [])],
    isOptional: true,
  }
}

const [owl, skosBase] = ['http://www.w3.org/2002/07/owl#', 'http://www.w3.org/2004/02/skos/core#']
const SAME_AS = `${owl}sameAs`

/** Relations that make two things one, for each of which the same holds of all that is linked to it. */
const TRANSITIVE: readonly string[] = [SAME_AS, `${skosBase}exactMatch`]

/** Relations to a page about a thing. */
const PAGES: readonly string[] = [
  ...['http://schema.org/sameAs', 'http://www.w3.org/2000/01/rdf-schema#seeAlso', 'http://xmlns.com/foaf/0.1/page'],
]

const MATCHES = ['exact', 'close', 'broad', 'narrow', 'related'].map(kind => `${skosBase}${kind}Match`)

function faultOf(project: Project, mapping: Mapping, what: string, mend: string): Fault {
  const line = project.links.lines?.get(mapping)
  const where = { file: LINKS, ...(line !== undefined && { line }) }
  return {
    code: 'link-doubtful',
    what: `${nameOf(project, mapping.subject)} and ${nameOf(project, mapping.object)}: ${what}`,
    where,
    mend,
  }
}

function nameOf({ links }: Project, iri: string | undefined): string {
  return iri === undefined ? 'nothing' : shorten(iri, links.prefixes)
}

function typesOf({ store }: Project, subject: string): string[] {
  return store.getObjects(subject, rdf.type, null).map(({ value }) => value)
}

/** What is wrong with a verdict, whatever it is. */
function mappingFaults(project: Project, mapping: Mapping): Fault[] {
  const { subject, object, predicate, verdict } = mapping
  const again = project.links.mappings.find(
    other => other !== mapping && pairOf(other) === pairOf(mapping) && other.verdict !== 'withdrawn' && verdict !== 'withdrawn',
  )
  const known = [SAME_AS, ...MATCHES, ...PAGES]
  return [
    ...(typesOf(project, subject).length === 0
      ? [faultOf(project, mapping, 'the first is no thing of this project', 'correct its name, or withdraw the link')]
      : []),
    ...(again === undefined || object === undefined
      ? []
      : [faultOf(project, mapping, `decided twice, as ${verdict} and ${again.verdict}`, 'keep one')]),
    ...(known.includes(predicate)
      ? []
      : [
          faultOf(
            project,
            mapping,
            `${nameOf(project, predicate)} is no relation of links`,
            `use one of ${known.map(iri => shorten(iri)).join(', ')}`,
          ),
        ]),
  ]
}

/** What is wrong with a link by itself. */
function linkFaults(project: Project, mapping: Mapping): Fault[] {
  const { subject, object, predicate, reviewer, keys } = mapping
  const types = typesOf(project, subject)
  const isConcept = types.includes(skos.Concept.value)
  const isPage = PAGES.includes(predicate)
  const form = isPage ? undefined : formGivenOut(object!)
  const [kinds, others] = [specificKinds(types.flatMap(type => kindOf(type) ?? [])), isPage ? undefined : kindsOfSpace(object!)]
  const isReviewed = reviewer !== undefined && project.store.countQuads(reviewer, rdf.type, null, null) > 0
  const complaints: readonly (readonly [holds: boolean, what: string, mend: string])[] = [
    [isReviewed, 'nobody who is described in data/dataset.ttl reviewed it', 'give --by with an agent that is'],
    [
      !types.includes(cmq.Person.value) || keys.length >= 2,
      'a person needs two keys that agree independently',
      'name them with --keys, or withdraw the link',
    ],
    [
      !isConcept || predicate !== SAME_AS,
      'a concept is not the same individual',
      'link it with skos:exactMatch or skos:closeMatch',
    ],
    [
      isConcept || types.length === 0 || !predicate.startsWith(skosBase),
      'only concepts match',
      'link an individual with owl:sameAs, or rdfs:seeAlso',
    ],
    [form === undefined, 'the second is not written as its source gives it out', `write ${form}`],
    [
      others === undefined || kinds.length === 0 || kinds.some(kind => others.includes(kind)),
      `one is a ${kinds.join(', ')}, the other a ${others?.join(' or ')}`,
      'withdraw the link',
    ],
  ]
  return complaints.flatMap(([holds, what, mend]) => (holds ? [] : [faultOf(project, mapping, what, mend)]))
}

/** Two of ours with one target; one of ours with two targets of a source. */
function doubleFaults(project: Project, accepted: readonly Mapping[]): Fault[] {
  const same = accepted.filter(({ predicate }) => predicate === SAME_AS)
  return same.flatMap((mapping, index) =>
    same.slice(0, index).flatMap((other): Fault[] => {
      if (mapping.subject !== other.subject && normalIri(mapping.object!) === normalIri(other.object!)) {
        const what = `${nameOf(project, other.subject)} is said to be the same`
        return [faultOf(project, mapping, what, 'one of them is another thing: withdraw a link')]
      }
      if (mapping.subject === other.subject && mapping.object !== other.object && mapping.source === other.source) {
        const what = `${nameOf(project, other.object)} of the same source is said to be the same`
        return [faultOf(project, mapping, what, 'a source knows a thing once: withdraw a link')]
      }
      return []
    }),
  )
}

/** What only several links together say: that two identifiers of one space are one thing. */
function mergedFaults(project: Project, accepted: readonly Mapping[], elsewhere: readonly Coded[]): Fault[] {
  const same = accepted.filter(({ predicate }) => TRANSITIVE.includes(predicate))
  const bySubject = new Map<string, Mapping[]>()
  for (const mapping of same) bySubject.set(mapping.subject, [...(bySubject.get(mapping.subject) ?? []), mapping])
  const ours = [...bySubject].map(([subject, own]): Coded => {
    return { key: subject, codes: [codeOf(subject), ...own.map(({ object }) => codeOf(object!))] }
  })
  return contradictions([...ours, ...elsewhere])
    .filter(({ through }) => !hasDouble(through.flatMap(key => bySubject.get(key) ?? [])))
    .flatMap(({ codes, through }) => {
      const own = through.flatMap(key => bySubject.get(key) ?? [])
      const link = own.find(({ object }) => codes.includes(codeOf(object!))) ?? own[0]
      const what = `with other links it makes one of ${codes.join(' and ')}, which their source holds apart`
      return link === undefined
        ? []
        : [faultOf(project, link, what, 'links are as transitive as owl:sameAs: withdraw the wrong one')]
    })
}

/** Whether some links are a double, which is told already. */
function hasDouble(mappings: readonly Mapping[]): boolean {
  return mappings.some((one, index) =>
    mappings.slice(0, index).some(other => {
      const isSameTarget = normalIri(one.object!) === normalIri(other.object!)
      return one.subject === other.subject ? one.source === other.source : isSameTarget
    }),
  )
}

/** What the snapshots of a project say to be one with another. */
async function saidElsewhere({ root }: Project): Promise<Coded[]> {
  const faults: Fault[] = []
  const files = await readTexts(`${root}/${SNAPSHOTS}`, SNAPSHOTS, '.trig', faults)
  const quads = (await Promise.all(files.map(quadsIn))).flat()
  return quads
    .filter(({ predicate, object }) => TRANSITIVE.includes(predicate.value) && object.termType === 'NamedNode')
    .map(({ subject, object }) => ({ key: codeOf(subject.value), codes: [codeOf(subject.value), codeOf(object.value)] }))
}

function pairOf({ subject, predicate, object }: Mapping): string {
  return `${subject}\n${predicate}\n${object}`
}
