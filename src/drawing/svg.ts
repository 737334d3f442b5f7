import { xmlText } from '../results/xml.ts'
import { writeDot } from './dot.ts'
import { COLORS, type Drawing, printable } from './drawing.ts'

/**
 * A drawing as SVG without a fixed size: colours are CSS variables that follow the reader's light or dark page, and those who do not
 * see it have title and description. Same drawing, same bytes.
 *
 * @see SVG 2, 5.8 (Descriptive elements); WAI-ARIA Graphics Module
 */
export async function writeSvg(drawing: Drawing): Promise<string> {
  const { Graphviz } = await import('#graphviz')
  const laidOut = (await Graphviz.load()).dot(writeDot(drawing))
  const [, width, height] = /viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"/.exec(laidOut)!
  const inner = laidOut
    .slice(laidOut.indexOf('<g id="graph0"'))
    .replace(/<!--.*?-->\n/gs, '')
    .replace(/<title>.*?<\/title>\n/gs, '')
    .replace(/ xml:space="preserve"/g, '')
    .replace(/ font-family="[^"]*"/g, '')
    .replace(SHAPE_AND_TEXTS, (_, shape, points, texts) => shape + centered(points, texts))
    .replace(/<polygon fill="#ffffff" stroke="none" points="[^"]*"\/>\n/, '')
    // What a reader who points at a thing is told; without a target the link is none.
    .replace(/<a xlink:title="([^"]*)">\n(.*?)<\/a>\n/gs, '<title>$1</title>\n$2')
    .replace(/<a xlink:href="([^"]*)" xlink:title="([^"]*)">/g, '<a href="$1"><title>$2</title>')
  // A picture with links is a group: within an image nobody could reach them.
  const role = inner.includes('<a href=') ? 'group' : 'img'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" class="drawing" font-family="Helvetica,Arial,sans-serif" role="${role}" aria-labelledby="drawing-title" aria-describedby="drawing-description">
<title id="drawing-title">${xmlText(printable(drawing.title, 600))}</title>
<desc id="drawing-description">${xmlText(printable(drawing.description, 100_000))}</desc>
<style>${STYLE}</style>
<rect x="0.5" y="0.5" width="${Number(width) - 1}" height="${Number(height) - 1}" rx="8" fill="${COLORS.page[0]}" stroke="${COLORS.edge[0]}"/>
${inner}`
}

const SHAPE_AND_TEXTS = /(<(?:path|polygon) [^>]*? (?:d|points)="([^"]*)"\/>\n)((?:<text .*\n)+)/g

/** Lines of text in the middle of their shape: Graphviz knows no widths of the fonts that a reader has. */
function centered(points: string, texts: string): string {
  const across = [...points.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x))
  const middle = ((Math.min(...across) + Math.max(...across)) / 2).toFixed(2)
  const lines = new Map<string, string>()
  for (const [, y, look, words] of texts.matchAll(/<text [^>]* y="([^"]*)"([^>]*)>(.*)<\/text>/g))
    lines.set(y!, `${lines.get(y!) ?? ''}<tspan${look}>${words}</tspan>`)
  const line = (y: string, spans: string): string => `<text text-anchor="middle" x="${middle}" y="${y}">${spans}</text>\n`
  return [...lines].map(([y, spans]) => line(y, spans)).join('')
}

/** The colours of a light page stay in the drawing for programs that know no variables. */
const STYLE = `
:where(svg.drawing){${variables(0)}}
@media (prefers-color-scheme:dark){:where(svg.drawing){${variables(1)}}}
${Object.entries(COLORS)
  .map(([name, [light]]) => `.drawing [fill="${light}"]{fill:var(--${name})}.drawing [stroke="${light}"]{stroke:var(--${name})}`)
  .join('\n')}
.drawing a:hover text,.drawing a:focus text{text-decoration:underline}
`

function variables(page: 0 | 1): string {
  return Object.entries(COLORS)
    .map(([name, colors]) => `--${name}:${colors[page]}`)
    .join(';')
}
