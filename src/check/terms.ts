import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Quad, Term } from 'n3'
import { whereIs } from '../article/claim.ts'
import type { Fault } from '../error.ts'
import type { TextFile } from '../file.ts'
import { nearestName } from '../nearest.ts'
import { packageRoot } from '../project/core.ts'
import type { Project } from '../project/project.ts'
import { rdf, vann } from '../rdf/vocabulary.ts'
import { termsOf } from '../sparql/algebra.ts'
import type { Finding } from './finding.ts'
import { mustNotClaimQuestions } from './must-not-claim.ts'
import { readShapes, SHAPE_FILES } from './shapes.ts'
import { whereInFiles } from './term-place.ts'

/** Where a term is used: enough to tell a person. */
interface Use {
  readonly iri: string
  /** A predicate or a type must be known; other IRIs only where their namespace is a vocabulary. */
  readonly isVocabulary: boolean
  readonly place: (name: string) => Partial<Fault>
}

/** Names by namespace. */
type Vocabularies = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Every term that claims, metadata, ontology, shapes, rules and questions use exists in its vocabulary: ours and the project's own as
 * the ontology files declare them, others' as their publishers do.
 */
export async function checkTerms(project: Project): Promise<Finding> {
  const vocabularies = await readVocabularies(project)
  const uses = [...claimUses(project), ...metadataUses(project), ...(await fileUses(project)), ...(await queryUses(project))]
  const checked = new Set<string>()
  const faults = new Map<string, Fault>()
  for (const { iri, isVocabulary, place } of uses) {
    const namespace = [...vocabularies.keys()].find(other => iri.startsWith(other) && iri !== other)
    if (namespace === undefined && !isVocabulary) continue
    checked.add(iri)
    if (namespace !== undefined && vocabularies.get(namespace)!.has(iri.slice(namespace.length))) continue
    const fault = unknownTerm(iri, namespace, vocabularies, project, place)
    faults.set(JSON.stringify([fault.what, fault.where?.file, fault.where?.line]), fault)
  }
  return { looked: checked.size, unit: 'terms', faults: [...faults.values()], note: `${uses.length} uses` }
}

function unknownTerm(
  iri: string,
  namespace: string | undefined,
  vocabularies: Vocabularies,
  { prefixes }: Project,
  place: Use['place'],
): Fault {
  if (namespace === undefined) {
    const mend = 'use a term of a known vocabulary, or define it in a module of your own in ontology/'
    return { code: 'unknown-term', what: `<${iri}> is in no vocabulary that the project knows`, mend, ...place(`<${iri}>`) }
  }
  const prefix = Object.entries(prefixes).find(([, value]) => value === namespace)?.[0]
  const named = (local: string): string => (prefix === undefined ? `<${namespace}${local}>` : `${prefix}:${local}`)
  const name = iri.slice(namespace.length)
  const near = nearestName(name, vocabularies.get(namespace)!)
  const mend = near === undefined ? 'define it in a module of your own in ontology/' : `did you mean ${named(near)}?`
  return { code: 'unknown-term', what: `${named(name)} is not a term`, mend, ...place(named(name)) }
}

function claimUses({ documents }: Project): Use[] {
  return documents.flatMap(({ claims }) =>
    claims.flatMap(claim => {
      const place = (name: string): Partial<Fault> => ({
        where: whereIs(claim, name),
        claim: claim.id,
        sentence: claim.passage?.position,
        quote: claim.quote?.exact,
      })
      return usesIn(claim.quads, place)
    }),
  )
}

/** What `dataset.ttl` and each `document.ttl` say. */
function metadataUses({ store, baseIRI, documents, root }: Project): Use[] {
  const about = store.getQuads(null, null, null, `${baseIRI}about`)
  const files = documents.map(({ folder, metadata }) => ({ file: relative(root, join(folder, 'document.ttl')), quads: metadata }))
  return [{ file: 'data/dataset.ttl', quads: about }, ...files].flatMap(({ file, quads }) =>
    usesIn(quads, () => ({ where: { file } })),
  )
}

/** Files of the ontology and of shapes; in these, also the names within the queries of shapes. */
async function fileUses(project: Project): Promise<Use[]> {
  const { files } = await readShapes(project, SHAPE_FILES)
  return [...project.ontology.files, ...files].flatMap(file => {
    const place = (name: string): Partial<Fault> => ({ where: whereInFiles([file], name) ?? { file: file.file } })
    const queries = file.quads.filter(({ predicate }) => /shacl#(select|ask)$/.test(predicate.value))
    const named = queries.flatMap(({ object }) => [...object.value.matchAll(/(?<![\w<?:/-])([a-z]+):([A-Za-z]\w*)/g)])
    const inQueries = named.flatMap(([, prefix, local]) => {
      const namespace = project.prefixes[prefix!]
      return namespace === undefined ? [] : [{ iri: namespace + local, isVocabulary: true, place }]
    })
    return [...usesIn(file.quads, place), ...inQueries]
  })
}

async function queryUses(project: Project): Promise<Use[]> {
  const { plainRules, rules } = project.ontology
  const uses = (file: TextFile, algebra: unknown): Use[] => {
    const place = (name: string): Partial<Fault> => ({ where: whereInFiles([file], name) ?? { file: file.file } })
    const iris = [...termsOf(algebra)].filter(({ termType }) => termType === 'NamedNode')
    return iris.map(({ value }) => ({ iri: value, isVocabulary: false, place }))
  }
  const ofRules = [...plainRules, ...rules].flatMap(rule => uses(rule, [rule.template, rule.where]))
  const { questions } = await mustNotClaimQuestions(project)
  return [...ofRules, ...questions.flatMap(question => uses(question, question.algebra))]
}

function usesIn(quads: readonly Quad[], place: Use['place']): Use[] {
  const isNamed = ({ termType }: Term): boolean => termType === 'NamedNode'
  return quads.flatMap(({ predicate, object }) => [
    { iri: predicate.value, isVocabulary: true, place },
    ...(isNamed(object) ? [{ iri: object.value, isVocabulary: predicate.equals(rdf.type), place }] : []),
  ])
}

async function readVocabularies({ ontology }: Project): Promise<Vocabularies> {
  const foreign = JSON.parse(await readFile(join(packageRoot(), 'dist', 'vocabularies.json'), 'utf8')) as Readonly<
    Record<string, { readonly iri: string; readonly terms: readonly string[] }>
  >
  const vocabularies = new Map(Object.values(foreign).map(({ iri, terms }) => [iri, new Set(terms)]))
  for (const { quads } of ontology.files) {
    const declared = quads.filter(({ predicate }) => predicate.equals(rdf.type)).map(({ subject }) => subject.value)
    for (const { object: namespace } of quads.filter(({ predicate }) => predicate.equals(vann.preferredNamespaceUri))) {
      const names = declared.filter(iri => iri.startsWith(namespace.value) && iri !== namespace.value)
      vocabularies.set(namespace.value, new Set(names.map(iri => iri.slice(namespace.value.length))))
    }
  }
  return vocabularies
}
