import type { Passage } from '../article/passage.ts'
import { draftPassages } from '../article/segmentation.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { Project } from '../project/project.ts'
import { byName, type Change, changeOf, type Fields, pairs, textValues } from './change.ts'

/** The articles that came, went, or have another text, with the sentences that differ. */
export async function articleChanges(before: Project, after: Project): Promise<Change[]> {
  const changes = pairs(byName(before.documents), byName(after.documents)).map(async ([name, old, fresh]) =>
    changeOf({ name, title: name }, old && (await fieldsOf(old)), fresh && (await fieldsOf(fresh))),
  )
  return (await Promise.all(changes)).filter(change => change !== undefined)
}

/** A text that was not laid out again since it changed is divided for the purpose. */
async function fieldsOf({ article, language, passages, sha256 }: CommuniqueDocument): Promise<Fields> {
  const texts = passages.map(({ text }) => text)
  const stands = passages.every(({ start, end, text }) => article.slice(start, end) === text)
  const sentences: readonly Passage[] = stands ? passages : await draftPassages(article, language, texts)
  const values = sentences.map(({ position, text }) => ({ key: text, words: `[${position}] ${text}` }))
  return new Map([
    ['SHA-256', textValues(sha256)],
    ['sentence', values],
  ])
}
