import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { claim, ELECTED, givenAnswer, id, row, SESSIONS, WHO_WAS_ELECTED, written } from './given.ts'

const { literal } = DataFactory

test('an answer is a table with footnotes, quotes as block quotes', () => {
  expect(written('markdown', WHO_WAS_ELECTED)).toBe(`\
**Who was elected, to what?**

| elected | office | organization |  |
| --- | --- | --- | --- |
| Ahmed Nasser Al Raisi | President | Interpol | [^s12-1] |

[^s12-1]: > “During the General Assembly, Ahmed Nasser Al Raisi, Inspector General of the UAE Ministry of Internal Affairs, was elected President of the Interpol”
`)
})

test('every claim of a row is cited, inferences are marked, premises are footnotes of footnotes', () => {
  const text = written('markdown', SESSIONS)
  expect(text).toContain('| session | held in | year | remark |  |\n| --- | --- | ---: | --- | --- |\n')
  expect(text).toContain('| It will be held next year | [^s16-1][^i1] inferred [^b] |')
  expect(text).toContain('| A great honor | [^s4-3][^s5-1][^s6-3][^s9-1][^c4] |')
  expect(text).toContain('does. — from [^s1-1] [^s1-2] [^a]\n')
  expect(text).toMatch(/\n> \*\*Note:\*\* The sessions named .* no others\.\n$/)
  for (const [reference] of text.matchAll(/\[\^[^\]]+\](?!:)/g)) expect(text).toContain(`\n${reference}: `)
})

test('yes and no, none, and a table that cites nothing', () => {
  expect(written('markdown', givenAnswer({ form: 'ASK', summary: 'Anyone?', rows: [row({}, ELECTED)] }))).toMatch(
    /^\*\*Anyone\?\*\*\n\nYes\. \[\^s12-1\]\n\n\[\^s12-1\]: > “During/,
  )
  expect(written('markdown', givenAnswer({ form: 'ASK' }))).toBe('No.\n')
  expect(written('markdown', givenAnswer({ columns: ['x'] }))).toBe('No answer in this article.\n')
  expect(written('markdown', givenAnswer({ columns: ['x'], rows: [row({ x: id('a') })] }))).toBe('| x |\n| --- |\n| id:a |\n')
})

test.each([
  ['a|b', String.raw`a\|b`],
  ['\\|', String.raw`\\\|`],
  ['one\ntwo\r\n\r\nthree', 'one<br>two<br>three'],
  ['\ta\tb', ' a b'],
  ['<script>&lt;', '&lt;script&gt;&amp;lt;'],
  ['*a* _b_ `c` ~d~ $e$', String.raw`\*a\* \_b\_ \`c\` \~d\~ \$e\$`],
  ['[x](javascript:y) ![z]', String.raw`\[x\](javascript:y) !\[z\]`],
  ['\u001b[31m\u202e', String.raw`\\u001b\[31m\\u202e`],
  ['国 👩‍👩‍👧', '国 👩‍👩‍👧'],
  ['', ''],
])('%j cannot leave its cell', (value, cell) => {
  const answer = givenAnswer({ columns: ['x', 'y'], rows: [row({ x: literal(value), y: literal('next') })] })
  expect(written('markdown', answer)).toBe(`| x | y |\n| --- | --- |\n| ${cell} | next |\n`)
})

test('a quote, a summary, a note and the name of a claim are text too', () => {
  const answer = givenAnswer({
    summary: 'a\n# b',
    columns: ['x'],
    rows: [row({ x: id('a') }, claim('s1-1', 'one\n\n- <b>two|', { id: 'd]: /s1-1' }))],
    notes: [{ code: 'x', text: 'c\n> d' }],
  })
  expect(written('markdown', answer)).toBe(`\
**a<br># b**

| x |  |
| --- | --- |
| id:a | [^d---/s1-1] |

[^d---/s1-1]: > “one<br>- &lt;b&gt;two\\|”

> **Note:** c<br>&gt; d
`)
})
