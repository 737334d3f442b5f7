import { type Arrow, type Box, COLORS, type Drawing, type Kind, printable } from './drawing.ts'

/**
 * A drawing as the text of a Mermaid flowchart, which GitHub draws in Markdown.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function writeMermaid({ title, boxes, arrows, frames = [] }: Drawing): string {
  const names = new Map(boxes.map(({ id }, index) => [id, `n${index + 1}`]))
  const framed = new Set(frames.flatMap(frame => frame.boxes))
  const linesOf = (box: Box, indent: string): string[] => boxLines(box, names.get(box.id)!).map(line => indent + line)
  return [
    '---',
    `title: ${JSON.stringify(printable(title, 200))}`,
    '---',
    'flowchart LR',
    ...frames.flatMap((frame, index) => [
      `  subgraph f${index + 1}["${escaped(frame.title)}"]`,
      ...boxes.filter(({ id }) => frame.boxes.includes(id)).flatMap(box => linesOf(box, '    ')),
      '  end',
    ]),
    ...boxes.filter(({ id }) => !framed.has(id)).flatMap(box => linesOf(box, '  ')),
    ...arrows.map(arrow => `  ${names.get(arrow.from)} ${arrowText(arrow)} ${names.get(arrow.to)}`),
    ...KINDS.map(kind => `  classDef ${kind} ${look(kind)}`),
    `  classDef said ${look('other')},stroke-dasharray:5 3`,
    '',
  ].join('\n')
}

const KINDS: readonly Kind[] = ['actor', 'event', 'matter', 'text', 'other']

/** Dark words on light boxes: readable on a page of either kind. */
function look(kind: Kind): string {
  return `fill:${COLORS[`${kind}-fill`][0]},stroke:${COLORS[`${kind}-line`][0]},color:${COLORS.ink[0]}`
}

/** A box; what is only said of it in boxes of their own. */
function boxLines({ id, label, kind, manner, lines = [] }: Box, name: string): string[] {
  const stated = lines.filter(({ voice }) => voice === undefined).map(({ text, mark }) => `${text} ${mark}`)
  const said = lines.filter(({ voice }) => voice !== undefined)
  return [
    `${name}["${[label, ...stated].map(escaped).join('<br/>')}"]:::${manner === 'attributed' ? 'said' : kind}`,
    ...said.flatMap(({ text, mark, voice }, index) => [
      `${name}s${index + 1}>"${escaped(text)}"]:::said`,
      `${name} ${arrowText({ from: id, to: '', label: '', mark, manner: 'attributed', voice })} ${name}s${index + 1}`,
    ]),
  ]
}

function arrowText({ label, mark, manner = 'stated', voice }: Arrow): string {
  const words = [`${label} ${mark ?? ''}`.trim(), ...(voice === undefined ? [] : [`says ${voice}`])]
  return `${manner === 'stated' ? '-->' : '-.->'}|"${words.map(escaped).join('<br/>')}"|`
}

/** All that could mean something to Mermaid as the number of its character. */
function escaped(text: string): string {
  return printable(text, 160).replace(
    /[^\p{L}\p{M}\p{N} ,.()[\]\u00b7\u2013\u2014\u2019\u201c\u201d\u2026-]/gu,
    found => `#${found.codePointAt(0)};`,
  )
}
