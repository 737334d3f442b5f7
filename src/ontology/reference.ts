import type { Quad } from '@rdfjs/types'
import { printable } from '../drawing/drawing.ts'
import { factsOf } from '../drawing/fact.ts'
import { graphRole } from '../project/dataset.ts'
import type { Project } from '../project/project.ts'
import { sourcesOf } from '../project/source.ts'
import { expand } from '../rdf/prefixes.ts'
import { tripleKey } from '../rdf/term.ts'
import { tripleText } from '../rdf/turtle.ts'
import { readTerms, type Term } from './terms.ts'

/** A vocabulary with what the data make of it, for a reference page. */
export interface Reference {
  readonly title: string
  readonly description: string
  readonly version: string
  readonly license: string
  readonly namespace: string
  readonly prefix: string
  readonly modified: string
  /** As the files of the vocabulary have them, with the terms in their order. */
  readonly sections: readonly { readonly title: string; readonly terms: readonly ReferenceTerm[] }[]
}

export interface ReferenceTerm extends Term {
  /** Distinct triples of claims, plain statements and provenance: with it as predicate; of a class, its members; of a concept, as value. */
  readonly uses: number
  /** One of them as Turtle, with `[12]` for its sentence, and who says so if that is not the author plainly. */
  readonly use: { readonly triple: string; readonly mark: string; readonly voice?: string | undefined } | undefined
}

/**
 * The vocabulary of a project as its files lay it out, with the uses of each term in the data.
 *
 * @example vocabularyReference(project).sections[0].terms[0].name // 'Agent'
 */
export function vocabularyReference(project: Project): Reference {
  const quads = project.ontology.files.flatMap(file => file.quads)
  const terms = new Map(readTerms(quads).map(term => [term.iri, term]))
  const namespace = project.prefixes.cmq!
  const about = (name: string): string =>
    quads.find(({ subject, predicate }) => subject.value === namespace && predicate.value === expand(name))?.object.value ?? ''
  const uses = usesOf(project)
  const described = (term: Term): ReferenceTerm => {
    const found = uses.get(term.iri) ?? []
    const use = useOf(project, found)
    return { ...term, uses: found.length, use }
  }
  return {
    title: about('dcterms:title'),
    description: about('dcterms:description'),
    version: about('owl:versionInfo'),
    license: about('dcterms:license'),
    namespace,
    prefix: about('vann:preferredNamespacePrefix'),
    modified: about('dcterms:modified'),
    sections: sectionsOf(project).flatMap(({ title, iris }) => {
      const found = iris.flatMap(iri => terms.get(iri) ?? [])
      return found.length === 0 ? [] : [{ title, terms: found.map(described) }]
    }),
  }
}

/** The headings `### …` of the files, each with the terms that are declared below it. */
function sectionsOf({ ontology, prefixes }: Project): { title: string; iris: string[] }[] {
  const sections: { title: string; iris: string[] }[] = []
  for (const { text, file } of ontology.files) {
    sections.push({ title: file, iris: [] })
    for (const line of text.split('\n')) {
      const heading = /^### (.+)/.exec(line)?.[1]
      if (heading !== undefined) sections.push({ title: heading.trim(), iris: [] })
      const name = /^([\w-]*:[\w-]+) a /.exec(line)?.[1]
      if (name !== undefined) sections.at(-1)!.iris.push(expand(name, prefixes))
    }
  }
  return sections
}

/** The distinct triples that use each term. */
function usesOf(project: Project): Map<string, Quad[]> {
  const uses = new Map<string, Map<string, Quad>>()
  const add = (iri: string, quad: Quad): void => {
    const found = uses.get(iri) ?? new Map<string, Quad>()
    uses.set(iri, found.set(tripleKey(quad), found.get(tripleKey(quad)) ?? quad))
  }
  for (const quad of project.store.getQuads(null, null, null, null)) {
    if (graphRole(project.baseIRI, quad.graph) !== 'data') continue
    add(quad.predicate.value, quad)
    if (quad.object.termType === 'NamedNode') add(quad.object.value, quad)
  }
  return new Map([...uses].map(([iri, quads]) => [iri, [...quads.values()]]))
}

/** The first that a sentence of the author states, else the first that somebody says; else what is recorded of a sentence. */
function useOf(project: Project, uses: readonly Quad[]): ReferenceTerm['use'] {
  const facts = uses.flatMap(triple => factsOf({ triple, sources: sourcesOf(project, triple) }))
  const quoted = facts.filter(({ quotes }) => quotes.length > 0)
  const fact = quoted.find(({ manner }) => manner === 'stated') ?? quoted[0]
  const triple = fact?.triple ?? uses[0]
  if (triple === undefined) return undefined
  const sentence = /\/s(\d+)(-[\w-]+)?$/.exec(triple.subject.value)?.[1]
  return {
    triple: printable(tripleText(triple, project.prefixes), 200),
    mark: fact?.mark ?? (sentence === undefined ? '' : `[${sentence}]`),
    voice: fact?.voice,
  }
}
