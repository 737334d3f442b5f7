import { join, relative } from 'node:path'
import { coverage } from '../article/coverage.ts'
import type { Fault } from '../error.ts'
import type { CommuniqueDocument } from '../project/document.ts'
import type { Project } from '../project/project.ts'
import type { Finding } from './finding.ts'

/** Share of a text's letters and digits that must lie inside quotes. */
const LEAST_COVERAGE = 0.95

/** Every sentence is accounted for, and every run of words outside all quotes has its reason. */
export function checkCoverage({ documents, root }: Project): Finding {
  const reports = documents.map(document => ({
    document,
    report: coverage(document.article, document.passages, document.claims),
  }))
  const sum = (count: (report: ReturnType<typeof coverage>) => number): number =>
    reports.reduce((total, { report }) => total + count(report), 0)
  const characters = sum(report => report.characters)
  return {
    looked: characters,
    unit: 'characters',
    faults: reports.flatMap(({ document, report }) =>
      coverageFaults(document, report, relative(root, join(document.folder, 'claims.md'))),
    ),
    note: `${percent(
      sum(report => report.quoted),
      characters,
    )} inside quotes`,
  }
}

function coverageFaults({ passages }: CommuniqueDocument, report: ReturnType<typeof coverage>, file: string): Fault[] {
  const silent = report.silent.map(position => ({
    code: 'sentence-silent',
    what: `no claim rests on sentence ${position}: "${brief(passages[position - 1]?.text ?? '')}"`,
    where: { file },
    sentence: position,
    mend: 'add a claim, or quote it with "- left out: why"',
  }))
  const unexplained = report.gaps
    .filter(({ reason }) => reason === undefined)
    .map(({ text, start, end, sentence }) => ({
      code: 'words-left-out',
      what: `"${brief(text.trim())}" (${start}–${end}) lies outside all quotes and no reason is given`,
      where: { file },
      sentence,
      mend: 'widen a quote, or quote it with "- left out: why"',
    }))
  const low = {
    code: 'coverage-low',
    what: `only ${percent(report.quotedWords, report.words)} of the words' letters lie inside quotes of claims`,
    where: { file },
    mend: `at least ${LEAST_COVERAGE * 100} % must`,
  }
  return [...silent, ...unexplained, ...(report.quotedWords < report.words * LEAST_COVERAGE ? [low] : [])]
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
