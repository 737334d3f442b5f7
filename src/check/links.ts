import type { Fault } from '../error.ts'
import { normalIri } from '../linking/identifier.ts'
import type { Mapping } from '../linking/mapping.ts'
import { LINKS, type Project } from '../project/project.ts'
import { shorten } from '../rdf/prefixes.ts'
import { cmq, rdf, skos } from '../rdf/vocabulary.ts'
import type { Finding } from './finding.ts'

/**
 * Links say no more than is known: each is of a thing of the project, decided once, with a reviewer who is described; persons by two
 * keys that are independent; two things are not the same third, nor one thing two of a source; concepts match, individuals are the same.
 */
export function checkLinks(project: Project): Finding {
  const { mappings, prefixes } = project.links
  const accepted = mappings.filter(({ verdict }) => verdict === 'accepted')
  const name = (iri: string | undefined): string => (iri === undefined ? 'nothing' : shorten(iri, prefixes))
  const fault = ({ subject, object }: Mapping, what: string, mend: string): Fault => ({
    code: 'link-doubtful',
    what: `${name(subject)} and ${name(object)}: ${what}`,
    where: { file: LINKS },
    mend,
  })
  const faults = mappings.flatMap((mapping): Fault[] => {
    const { subject, object, verdict, reviewer, keys, predicate } = mapping
    const types = project.store.getObjects(subject, rdf.type, null).map(({ value }) => value)
    const again = mappings.find(
      other => other !== mapping && pairOf(other) === pairOf(mapping) && other.verdict !== 'withdrawn' && verdict !== 'withdrawn',
    )
    const isPerson = types.includes(cmq.Person.value)
    const isConcept = types.includes(skos.Concept.value)
    return [
      ...(types.length === 0
        ? [fault(mapping, 'the first is no thing of this project', 'correct its name, or withdraw the link')]
        : []),
      ...(again === undefined || object === undefined
        ? []
        : [fault(mapping, `decided twice, as ${verdict} and ${again.verdict}`, 'keep one')]),
      ...(verdict !== 'accepted'
        ? []
        : [
            ...(reviewer !== undefined && project.store.countQuads(reviewer, rdf.type, null, null) > 0
              ? []
              : [fault(mapping, 'nobody who is described in data/dataset.ttl reviewed it', 'give --by with an agent that is')]),
            ...(isPerson && keys.length < 2
              ? [
                  fault(
                    mapping,
                    'a person needs two keys that agree independently',
                    'name them with --keys, or withdraw the link',
                  ),
                ]
              : []),
            ...(isConcept && predicate === SAME_AS
              ? [fault(mapping, 'a concept is not the same individual', 'link it with skos:exactMatch or skos:closeMatch')]
              : []),
            ...(!isConcept && types.length > 0 && predicate.startsWith(prefixes.skos ?? skosBase)
              ? [fault(mapping, 'only concepts match', 'link an individual with owl:sameAs, or rdfs:seeAlso')]
              : []),
          ]),
    ]
  })
  const same = accepted.filter(({ predicate }) => predicate === SAME_AS)
  const doubles = same.flatMap((mapping, index) =>
    same.slice(0, index).flatMap((other): Fault[] => {
      if (mapping.subject !== other.subject && normalIri(mapping.object!) === normalIri(other.object!))
        return [fault(mapping, `${name(other.subject)} is said to be the same`, 'one of them is another thing: withdraw a link')]
      if (mapping.subject === other.subject && mapping.object !== other.object && mapping.source === other.source)
        return [
          fault(
            mapping,
            `${name(other.object)} of the same source is said to be the same`,
            'a source knows a thing once: withdraw a link',
          ),
        ]
      return []
    }),
  )
  return { looked: mappings.length, unit: 'mappings', faults: [...faults, ...doubles], isOptional: true }
}

const SAME_AS = 'http://www.w3.org/2002/07/owl#sameAs'
const skosBase = 'http://www.w3.org/2004/02/skos/core#'

function pairOf({ subject, predicate, object }: Mapping): string {
  return `${subject}\n${predicate}\n${object}`
}
