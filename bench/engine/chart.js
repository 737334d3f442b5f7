const [WIDTH, LABELS, BAR, GAP, HEAD] = [760, 190, 18, 14, 34]
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .head { font-weight: 600 } .small { font-size: 11px; fill: #59636e }
  .ours { fill: #1a7f37 } .other { fill: #8c959f } .line { stroke: #d1d9e0 } .one { stroke: #1f2328; stroke-dasharray: 3 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .small { fill: #9198a1 } .ours { fill: #3fb950 } .other { fill: #6e7681 } .line { stroke: #3d444d } .one { stroke: #f0f6fc }
  }`

/**
 * Bars of ratios, drawn by their powers of ten from 1 on: to the left what is less, to the right what is more. For a light and for a
 * dark page.
 *
 * @param title what is shown
 * @param groups `{ name, bars: [{ name, value, isOurs }] }`
 * @returns the picture as SVG
 */
export function barChart(title, groups) {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value))
  const [least, most] = [Math.floor(Math.log10(Math.min(...values, 1))), Math.ceil(Math.log10(Math.max(...values, 1)))]
  const x = value => LABELS + 40 + ((Math.log10(value) - least) / (most - least)) * (WIDTH - LABELS - 90)
  const lines = []
  let y = HEAD + 22
  for (const { name, bars } of groups) {
    lines.push(`<text x="0" y="${y + 12}" class="head">${escaped(name)}</text>`)
    y += 20
    for (const { name: label, value, isOurs } of bars) {
      const [end, one] = [x(value), x(1)]
      const [at, anchor] = value < 1 ? [end - 5, 'end'] : [end + 5, 'start']
      lines.push(
        `<text x="${LABELS - 8}" y="${y + 13}" text-anchor="end">${escaped(label)}</text>`,
        `<rect x="${Math.min(end, one).toFixed(1)}" y="${y}" width="${Math.max(1, Math.abs(end - one)).toFixed(1)}" height="${BAR}" class="${isOurs ? 'ours' : 'other'}"/>`,
        `<text x="${at.toFixed(1)}" y="${y + 13}" text-anchor="${anchor}">${Number(value.toPrecision(2))}</text>`,
      )
      y += BAR + 3
    }
    y += GAP
  }
  const ticks = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index)).map(
    tick => `<line x1="${x(tick)}" y1="${HEAD + 14}" x2="${x(tick)}" y2="${y - GAP}" class="${tick === 1 ? 'one' : 'line'}"/>
<text x="${x(tick)}" y="${HEAD + 8}" text-anchor="middle" class="small">${tick < 1 ? tick : tick.toLocaleString('en')}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -6 ${WIDTH + 24} ${y + 6}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
<text x="0" y="16" class="head">${escaped(title)}</text>
${ticks.join('\n')}
${lines.join('\n')}
</svg>
`
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
