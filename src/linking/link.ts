import { createHash } from 'node:crypto'
import type { NamedNode, Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { quadOf } from '../rdf/term.ts'
import { cmq, dcterms, prov, rdf, rdfs, voidNs, xsd } from '../rdf/vocabulary.ts'
import type { Mapping } from './mapping.ts'

const { literal, namedNode } = DataFactory

/**
 * Links as quads: each has a graph of its own with its triple; the graph `links` has all of these, what each rests on - source and
 * version, what agrees, who reviewed it and when -, a VoID linkset for each source and relation, and what is known of the sources.
 *
 * @param mappings of which the accepted ones are links
 * @param sources what `data/sources.ttl` says of them
 * @see VoID, 5 (Describing Linksets); PROV-O, 3.1
 */
export function linkQuads(mappings: readonly Mapping[], baseIRI: string, sources: readonly Quad[]): Quad[] {
  const graph = linksIRI(baseIRI)
  const accepted = mappings.filter(({ verdict, object }) => verdict === 'accepted' && object !== undefined)
  const says = (subject: NamedNode, predicate: NamedNode, object: Quad['object']): Quad =>
    quadOf(subject, predicate, object, graph)
  const links = accepted.flatMap((mapping): Quad[] => {
    const node = linkIRI(baseIRI, mapping)
    const [subject, predicate, object] = [mapping.subject, mapping.predicate, mapping.object!].map(iri => namedNode(iri))
    return [
      quadOf(subject!, predicate!, object!, node),
      quadOf(subject!, predicate!, object!, graph),
      says(node, rdf.type, cmq.Link),
      says(node, rdfs.label, literal(`${mapping.subjectLabel} is ${mapping.objectLabel || mapping.object}`, 'en')),
      says(node, dcterms.description, literal(groundsOf(mapping), 'en')),
      says(node, dcterms.modified, literal(mapping.date, xsd.date)),
      says(node, prov.wasDerivedFrom, namedNode(mapping.source)),
      ...(mapping.reviewer === undefined ? [] : [says(node, prov.wasAttributedTo, namedNode(mapping.reviewer))]),
    ]
  })
  return [
    ...links,
    ...linksets(accepted, baseIRI),
    ...sources.map(({ subject, predicate, object }) => quadOf(subject, predicate, object, graph)),
  ]
}

/** The name of the graph of links. */
export function linksIRI(baseIRI: string): NamedNode {
  return namedNode(`${baseIRI}links`)
}

/** The name of a link's own graph: it stays as long as what it links. */
function linkIRI(baseIRI: string, { subject, predicate, object }: Mapping): NamedNode {
  const hash = createHash('sha256').update(`${subject}\n${predicate}\n${object}`).digest('hex').slice(0, 8)
  return namedNode(`${baseIRI}link/${subject.slice(subject.lastIndexOf('/') + 1)}-${hash}`)
}

/** What speaks for a link, in words. */
function groundsOf({ keys, record, sourceVersion, comment }: Mapping): string {
  const agreeing = keys.length === 0 ? [] : [`${keys.join(', ')} ${keys.length === 1 ? 'agrees' : 'agree'}`]
  const version = sourceVersion.replace(/^(sha256:.{12}).*/, '$1…')
  const place = [record, version].filter(part => part !== '').join(', ')
  return [...agreeing, ...(place === '' ? [] : [`record: ${place}`]), ...(comment === undefined ? [] : [comment])].join('; ')
}

function linksets(accepted: readonly Mapping[], baseIRI: string): Quad[] {
  const groups = new Map<string, Mapping[]>()
  for (const mapping of accepted) {
    const key = `${mapping.source}\n${mapping.predicate}`
    groups.set(key, [...(groups.get(key) ?? []), mapping])
  }
  return [...groups].flatMap(([key, group]) => {
    const [first] = group as [Mapping]
    const node = namedNode(`${baseIRI}linkset/${createHash('sha256').update(key).digest('hex').slice(0, 8)}`)
    const says = (predicate: NamedNode, object: Quad['object']): Quad => quadOf(node, predicate, object, linksIRI(baseIRI))
    return [
      says(rdf.type, voidNs.Linkset),
      says(voidNs.subjectsTarget, namedNode(`${baseIRI}about`)),
      says(voidNs.objectsTarget, namedNode(first.source)),
      says(voidNs.linkPredicate, namedNode(first.predicate)),
      says(voidNs.triples, literal(String(group.length), xsd.integer)),
      says(rdf.type, prov.Entity),
      says(prov.wasDerivedFrom, namedNode(first.source)),
      says(
        dcterms.modified,
        literal(
          group
            .map(({ date }) => date)
            .sort()
            .at(-1)!,
          xsd.date,
        ),
      ),
    ]
  })
}
