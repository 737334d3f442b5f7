import { type Arrow, type Box, COLORS, type Drawing, type Kind, printable } from './drawing.ts'

/**
 * A drawing as the text of a Mermaid flowchart, which GitHub draws in Markdown. Frames are left out.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function writeMermaid({ title, boxes, arrows }: Drawing): string {
  const names = new Map(boxes.map(({ id }, index) => [id, `n${index + 1}`]))
  const lines = [
    ...boxes.flatMap(box => boxLines(box, names.get(box.id)!)),
    ...arrows.map(arrow => `${names.get(arrow.from)} ${arrowText(arrow)} ${names.get(arrow.to)}`),
    ...(['actor', 'event', 'matter', 'text', 'other'] as const).map(kind => `classDef ${kind} ${look(kind)}`),
    `classDef said ${look('other')},stroke-dasharray:5 3`,
  ]
  return `---\ntitle: ${JSON.stringify(printable(title, 200))}\n---\nflowchart LR\n${lines.map(line => `  ${line}\n`).join('')}`
}

/** Dark words on light boxes: readable on a page of either kind. */
function look(kind: Kind): string {
  return `fill:${COLORS[`${kind}-fill`][0]},stroke:${COLORS[`${kind}-line`][0]},color:${COLORS.ink[0]}`
}

/** A box; what is only said of it stands in boxes of its own. */
function boxLines({ label, kind, manner, lines = [] }: Box, name: string): string[] {
  const stated = lines.filter(({ voice }) => voice === undefined).map(({ text, mark }) => `${text} ${mark}`)
  const said = lines.flatMap(({ text, mark, voice }, index) => {
    if (voice === undefined) return []
    const own = `${name}s${index + 1}`
    return [`${own}>"${escaped(text)}"]:::said`, `${name} ${arrowText({ label: '', mark, manner: 'attributed', voice })} ${own}`]
  })
  return [`${name}["${[label, ...stated].map(escaped).join('<br/>')}"]:::${manner === 'attributed' ? 'said' : kind}`, ...said]
}

function arrowText({ label, mark = '', manner = 'stated', voice }: Omit<Arrow, 'from' | 'to'>): string {
  const words = [`${label} ${mark}`.trim(), ...(voice === undefined ? [] : [`says ${voice}`])]
  return `${manner === 'stated' ? '-->' : '-.->'}|"${words.map(escaped).join('<br/>')}"|`
}

/** All that could mean something to Mermaid as the number of its character. */
function escaped(text: string): string {
  const strange = /[^\p{L}\p{M}\p{N} ,.()[\]\u00b7\u2013\u2014\u2019\u201c\u201d\u2026-]/gu
  return printable(text, 160).replace(strange, found => `#${found.codePointAt(0)};`)
}
