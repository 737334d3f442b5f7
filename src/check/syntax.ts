import type { Fault } from '../error.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './finding.ts'
import { isQuoteFault } from './quotes.ts'

/** Every file that was read: what its reader found. Faults of quotes are the matter of the next check. */
export function checkSyntax({ ontology, documents, faults }: Project): Finding {
  const ofOntology = ontology.files.length + ontology.plainRules.length + ontology.rules.length
  const ofDocuments = documents.length * ['article.txt', 'document.ttl', 'passages.ttl', 'claims.md'].length
  const found = faults.filter((fault: Fault) => !isQuoteFault(fault))
  return { looked: 1 + ofOntology + ofDocuments, unit: 'files', faults: found }
}
