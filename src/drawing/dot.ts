import { wrapText } from '../results/text-width.ts'
import { xmlText } from '../results/xml.ts'
import { type Arrow, type Box, COLORS, type Drawing, type Frame, type Line, printable } from './drawing.ts'

/**
 * A drawing in the language of Graphviz, from left to right.
 *
 * @see https://graphviz.org/doc/info/lang.html, https://graphviz.org/doc/info/shapes.html#html
 */
export function writeDot({ title, legend, boxes, arrows, frames = [], columns = [] }: Drawing): string {
  const framed = new Set(frames.flatMap(frame => frame.boxes))
  const lines = [
    `graph${attributes({ rankdir: 'LR', bgcolor: paint('page'), pad: '0.25', nodesep: '0.16', ranksep: '0.16', ...font('ink', 11) })}`,
    `node${attributes({ shape: 'box', style: 'filled,rounded', penwidth: '1.3', margin: '0.1,0.06', ...font('ink', 12.5) })}`,
    `edge${attributes({ color: paint('arrow'), arrowsize: '0.6', ...font('small', 11) })}`,
    ...(legend === undefined ? [] : [`label=<${tinted(legend, 'small')}>`, 'labelloc=b', 'labeljust=l']),
    ...frames.flatMap((frame, index) => frameLines(frame, index, boxes)),
    ...boxes.filter(({ id }) => !framed.has(id)).map(boxLine),
    ...columns.map(ids => `{ rank=same; ${ids.map(id => quoted(id)).join('; ')} }`),
    ...arrows.map(arrowLine),
  ]
  return `digraph ${quoted(title)} {\n${lines.map(line => `  ${line}\n`).join('')}}\n`
}

function frameLines({ title, kind, boxes: ids }: Frame, index: number, boxes: readonly Box[]): string[] {
  const color = paint(`${kind}-line`)
  const label = `<${broken(title, 60).join('<br/>')}>`
  const look = attributes({ label, fontsize: '12', fontcolor: color, color, style: 'rounded,dashed', margin: '12' })
  const inside = boxes.filter(({ id }) => ids.includes(id)).map(box => `  ${boxLine(box)}`)
  return [`subgraph cluster_${index} {`, `  graph${look}`, ...inside, '}']
}

function boxLine({ id, label, kind, manner, lines = [], url, tooltip, isFocus }: Box): string {
  const isSaid = manner === 'attributed'
  const look = {
    label: boxLabel(label, lines),
    class: kind,
    color: isSaid ? paint('said') : paint(`${kind}-line`),
    fillcolor: paint(`${kind}-fill`),
    ...(isSaid ? { style: 'filled,rounded,dashed' } : {}),
    ...(isFocus ? { penwidth: '3' } : {}),
    // Browsers run what some schemes name: a link leads to the web, or nowhere.
    ...(url !== undefined && /^https?:\/\//.test(url) ? { URL: url } : {}),
    tooltip: tooltip ?? label,
  }
  return `${quoted(id)}${attributes(look)}`
}

/** The name, below it what is stated, and each thing that is only said in a dashed frame of its own. */
function boxLabel(label: string, lines: readonly Line[]): string {
  const name = broken(label, 16).join('<br/>')
  if (lines.length === 0) return `<${name}>`
  const cells = lines.map(({ text, mark, voice }) => {
    if (voice === undefined) return `<td>${small(broken(text, 26), mark)}</td>`
    const words = small([...broken(text, 22), ...slanted(`says ${voice}`, 22)], mark, 'said')
    return `<td border="1" style="dashed" color="${paint('said')}">${words}</td>`
  })
  return `<<table border="0" cellborder="0" cellspacing="1" cellpadding="1">${[`<td>${name}</td>`, ...cells].map(cell => `<tr>${cell}</tr>`).join('')}</table>>`
}

function arrowLine({ from, to, label, mark, manner = 'stated', voice, tooltip }: Arrow): string {
  const said = voice === undefined ? [] : slanted(`says ${voice}`, 12)
  const words = [...broken(label, 10), ...said].join('<br/>')
  const look = {
    label: onPage(mark === undefined ? words : `${words} ${tinted(mark, 'mark')}`),
    class: manner,
    ...(manner === 'attributed' ? { color: paint('said'), fontcolor: paint('said'), style: 'dashed' } : {}),
    ...(manner === 'inferred' ? { style: 'dotted' } : {}),
    tooltip: tooltip ?? label,
  }
  return `${quoted(from)} -> ${quoted(to)}${attributes(look)}`
}

function paint(name: keyof typeof COLORS): string {
  return COLORS[name][0]
}

function font(color: keyof typeof COLORS, size: number): Record<string, string> {
  return { fontname: 'Helvetica', fontsize: String(size), fontcolor: paint(color) }
}

/** On the colour of the page, so that an arrow passing below does not strike it through. */
function onPage(words: string): string {
  const table = `<table border="0" cellborder="0" cellspacing="0" cellpadding="1" bgcolor="${paint('page')}">`
  return `<${table}<tr><td>${words}</td></tr></table>>`
}

/** Lines in small type, and the sentences they rest on. */
function small(lines: readonly string[], mark: string, color: keyof typeof COLORS = 'small'): string {
  return `<font point-size="10" color="${paint(color)}">${lines.join('<br/>')} </font>${tinted(mark, 'mark')}`
}

function tinted(text: string, color: keyof typeof COLORS): string {
  return `<font point-size="10" color="${paint(color)}">${html(text)}</font>`
}

/** The lines of a label, each as HTML. */
function broken(text: string, width: number): string[] {
  return wrapText(printable(text, 130).replace(/\S{24}(?=\S)/gu, '$& '), width).map(html)
}

function slanted(text: string, width: number): string[] {
  return broken(text, width).map(line => `<i>${line}</i>`)
}

/** Text in a label: Graphviz takes `\N` and the like for names there, too. */
function html(text: string): string {
  return xmlText(printable(text, 160)).replaceAll('\\', '\\\\')
}

/** Attributes; labels are HTML, with their brackets. */
function attributes(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => {
    if (name === 'label') return `label=${value}`
    // Graphviz undoes the escapes of a tooltip twice, and takes entities there for what they stand for.
    return `${name}=${quoted(name === 'tooltip' ? value.replaceAll('\\', '\\\\').replaceAll('&', '&amp;') : value)}`
  })
  return ` [${pairs.join(', ')}]`
}

function quoted(text: string): string {
  return `"${printable(text, 600).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
