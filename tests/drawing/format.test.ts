import { Graphviz } from '@hpcc-js/wasm-graphviz'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printable } from '../../src/drawing/drawing.ts'
import { DRAWING_FORMATS, drawingFormatOf } from '../../src/drawing/format.ts'
import { givenDrawing, readXml } from './given.ts'

const written = async (format: string, drawing: Parameters<(typeof DRAWING_FORMATS)[number]['write']>[0]): Promise<string> =>
  drawingFormatOf(format).write(drawing)

test('a format is known by its name and by the extension of its files; another is refused with the nearest name', () => {
  for (const format of DRAWING_FORMATS) {
    expect(drawingFormatOf(format.name)).toBe(format)
    expect(drawingFormatOf(format.extension)).toBe(format)
  }
  expect(() => drawingFormatOf('mermaidd')).toThrow(
    expect.objectContaining({ code: 'unknown-format', mend: 'did you mean "mermaid"?' }),
  )
})

test('dot: boxes and arrows from left to right; what a speaker says is dashed with the speaker', async () => {
  const dot = await written('dot', givenDrawing(['Kim', 'Interpol'], { label: 'heads', manner: 'attributed', voice: 'Zubov' }))
  expect(dot).toContain('rankdir="LR"')
  expect(dot).toMatch(
    /"Kim" -> "Interpol" \[label=<.*heads<br\/><i>says Zubov<\/i> <font [^>]*>\[1\]<\/font>.*class="attributed".*style="dashed"/,
  )
  expect(await written('dot', givenDrawing(['Kim', 'Interpol']))).not.toContain('"dashed"')
})

test('mermaid: the same, as a flowchart', async () => {
  const mermaid = await written('mermaid', givenDrawing(['Kim', 'Interpol'], { label: 'heads' }))
  expect(mermaid).toMatch(/^---\ntitle: "Kim"\n---\nflowchart LR\n {2}n1\["Kim"\]:::actor\n {2}n2\["Interpol"\]:::actor\n/)
  expect(mermaid).toContain('\n  n1 -->|"heads [1]"| n2\n')
  const said = await written('mermaid', givenDrawing(['Kim', 'Interpol'], { manner: 'attributed', voice: 'Zubov' }))
  expect(said).toContain('\n  n1 -.->|"Kim [1]<br/>says Zubov"| n2\n')
})

test('svg: well-formed, without a fixed size, with title and description, in light and dark', async () => {
  const svg = await written('svg', givenDrawing(['Kim', 'Interpol']))
  const { elements } = readXml(svg)
  expect(elements.slice(0, 4)).toEqual(['svg', 'title', 'desc', 'style'])
  const [head] = svg.split('>')
  expect(head).toMatch(/ viewBox="0 0 [\d.]+ [\d.]+" class="drawing"/)
  expect(head).not.toMatch(/width|height/)
  expect(svg).toContain('@media (prefers-color-scheme:dark)')
  expect(svg).toMatch(/<g id="node1" class="node actor">/)
  expect(svg).not.toContain('xlink:')
})

test('svg: an image where it has no links, a group where it has; only the web is linked', async () => {
  expect(await written('svg', givenDrawing(['Kim', 'Interpol']))).toContain('role="img"')
  const linked = await written('svg', givenDrawing(['Kim'], {}, { url: 'https://example.org/kim?a=1&b="2"' }))
  expect(linked).toContain('role="group"')
  expect(linked).toContain('<a href="https://example.org/kim?a=1&amp;b=&quot;2&quot;"><title>Kim</title>')
  for (const format of ['svg', 'dot'])
    expect(await written(format, givenDrawing(['Kim'], {}, { url: 'javascript:alert(1)' }))).not.toContain('javascript')
})

test('words that are only said of a thing stand apart from what is stated of it', async () => {
  const lines = [
    { text: 'ordinal: 89', mark: '[1]' },
    { text: 'characterization: “a great honor”', mark: '[4]', voice: 'Erdogan' },
  ]
  const drawing = givenDrawing(['session'], {}, { lines })
  const dot = await written('dot', drawing)
  expect(dot).toMatch(/<td border="1" style="dashed" [^>]*>(?:(?!<\/td>).)*honor.*?<i>says Erdogan<\/i>/)
  expect(dot).not.toMatch(/style="dashed" [^>]*>(?:(?!<\/td>).)*ordinal/)
  const mermaid = await written('mermaid', drawing)
  expect(mermaid).toContain('n1["session<br/>ordinal#58; 89 [1]"]:::actor')
  expect(mermaid).toMatch(
    /n1s2>"characterization#58; “a great honor”"\]:::said\n {2}n1 -\.->\|"\[4\]<br\/>says Erdogan"\| n1s2\n/,
  )
})

const HOSTILE = [
  'a "quoted" \'name\'',
  '</text><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '&amp; &lt; &#60; &bogus; ]]> <!-- -->',
  'back\\slash \\N \\G \\n \\"',
  'two\nlines\r\n\tand a tab',
  '\u0000\u0007\u001b[31m\ud800 \ufffe',
  '\u202eright to left\u202c',
  '"]:::said; click n1 call alert()',
  '%%{init: {"theme": "dark"}}%% `*markdown*` style x:#fff;',
  'end',
  '\u5927\u962a \u0623\u062d\u0645\u062f \ud83c\uddf9\ud83c\uddf7',
  'x'.repeat(5000),
  'long words '.repeat(500),
  '',
  '<>',
  '{a|b}',
]

describe('hostile labels stay text', () => {
  test.each(HOSTILE.map((label, index) => [index, label] as const))('label %i', async (_, label) => {
    const drawing = givenDrawing(
      [label || '(empty)', 'b'],
      { tooltip: label, voice: label, mark: `[${label.slice(0, 40)}]` },
      { tooltip: label },
    )
    const { elements, texts } = readXml(await written('svg', drawing))
    expect(elements.filter(name => ['script', 'img', 'image', 'foreignObject'].includes(name))).toEqual([])
    const flat = (text: string): string => text.replace(/\s+/g, '')
    // The title of the picture and the tooltip of a box hold the label as it is.
    for (const whole of [printable(drawing.title, 600), printable(label, 600)]) expect(texts.map(flat)).toContain(flat(whole))
    const mermaid = await written('mermaid', drawing)
    const [boxes] = mermaid.split('\n').filter(line => line.startsWith('  n1['))
    expect(boxes).toMatch(/^ {2}n1\["[^"<>`{}|;]*(?:#\d+;[^"<>`{}|;]*)*"\]:::actor$/)
    const dot = await written('dot', drawing)
    expect((await Graphviz.load()).dot(dot)).toContain('</svg>')
    expect(dot.split('\n')).toHaveLength((await written('dot', givenDrawing(['a', 'b'], { voice: 'c' }))).split('\n').length)
  })

  test('and so does any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async label => {
        const { elements } = readXml(await written('svg', givenDrawing([label, `${label}b`], { tooltip: label })))
        expect(elements.filter(name => name === 'text').length).toBeGreaterThan(0)
      }),
      { numRuns: 100 },
    )
  })
})

test('the same drawing gives the same bytes', async () => {
  for (const { name } of DRAWING_FORMATS) {
    const drawing = givenDrawing(['Kim', 'Interpol', 'Zubov'])
    expect(await written(name, drawing)).toBe(await written(name, structuredClone(drawing)))
  }
})
