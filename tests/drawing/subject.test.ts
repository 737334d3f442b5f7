import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../src/answers/open.ts'
import { isHeld } from '../../src/article/claim.ts'
import type { Drawing } from '../../src/drawing/drawing.ts'
import { answerDrawing, articleDrawing, thingDrawing } from '../../src/drawing/subject.ts'
import { draftDocument } from '../../src/project/draft.ts'
import { readProject } from '../../src/project/project.ts'
import { findThing, labelOf } from '../../src/project/thing.ts'
import { givenProject, replacing, root } from '../given.ts'

const project = await openProject(root)
const article = articleDrawing(project)

const thing = (name: string): Drawing => thingDrawing(project, findThing(project, name))
const answer = async (name: string): Promise<Drawing> => answerDrawing(project, await project.ask(name))

/** Arrows as sentences. */
function told({ arrows, boxes }: Drawing): string[] {
  const label = (id: string): string | undefined => boxes.find(box => box.id === id)?.label
  return arrows.map(
    ({ from, label: verb, to, mark, voice }) => `${label(from)} ${verb} ${label(to)} ${mark}${voice ? ` says ${voice}` : ''}`,
  )
}

const marksOf = ({ boxes, arrows }: Drawing): string[] =>
  [...arrows, ...boxes.flatMap(({ lines = [] }) => lines)].map(({ mark }) => mark ?? '')

const ATTRIBUTED = /^(Evaluation|CausalExplanation|Expectation|Necessity)$/
const held = project.documents.flatMap(({ claims }) => claims.filter(isHeld))

test('the claims of the article read as sentences, each with its number', () => {
  expect(told(article)).toEqual(
    expect.arrayContaining([
      'Ahmed Nasser Al Raisi is elected to President of Interpol [12]',
      'Igor Zubov is called holder of State Secretary – Deputy Minister of Internal Affairs of the Russian Federation [3]',
      'Recep Tayyip Erdogan spoke at opening of the 89th session [4]',
      'admission of the Federated States of Micronesia admits Federated States of Micronesia [13]',
      '90th session of the Interpol General Assembly is planned in India [16]',
      'President of Interpol is post in Interpol [6, 12]',
    ]),
  )
})

test('every claim that says more than a name or a type is drawn: its sentence is there', () => {
  const marks = marksOf(article).join(' ')
  const naming = /(#type|#nameAsWritten|#label|#prefLabel)$/
  const saying = held.filter(
    ({ kind, quads }) => kind === 'claim' && quads.some(({ predicate }) => !naming.test(predicate.value)),
  )
  expect(saying.length).toBeGreaterThan(35)
  for (const { passage } of saying) expect(marks).toMatch(new RegExp(`\\b${passage!.position}\\b`))
})

test('every arrow and every value carries its sentence, which exists', async () => {
  for (const drawing of [article, thing('interpol'), await answer('session-picture'), await answer('meetings-network')]) {
    expect(marksOf(drawing).length).toBeGreaterThan(2)
    for (const mark of marksOf(drawing)) expect(mark).toMatch(/^\[(([1-9]|1[0-7])|c\d)(, (([1-9]|1[0-7])|c\d))*\]$/)
  }
})

test('what the curator adds is no claim of the article', () => {
  expect(marksOf(article).join('')).not.toContain('c')
  expect(marksOf(thing('interpol')).join('')).toContain('c1')
})

test('ten countries that one sentence names share a box', () => {
  const [arrow] = article.arrows.filter(({ label }) => label.startsWith('meets colleagues'))
  expect(arrow).toMatchObject({ label: 'meets colleagues from (10)', mark: '[11]' })
  const box = article.boxes.find(({ id }) => id === arrow!.to)!
  expect(box.label.split(' · ').sort()).toEqual(
    ['Argentina', 'Belarus', 'Chile', 'China', 'India', 'Serbia', 'South Korea', 'UAE', 'Uzbekistan', 'Vietnam'].sort(),
  )
  expect(article.boxes.map(({ label }) => label)).not.toContain('Serbia')
})

describe('what a speaker says, or the author judges, is never drawn as fact', () => {
  const attributed = held.filter(({ kind, status }) => kind === 'claim' && ATTRIBUTED.test(status))

  test('each such claim is there with its voice', () => {
    const drawn = [...article.arrows, ...article.boxes.flatMap(({ lines = [] }) => lines)]
    expect(attributed.length).toBeGreaterThan(8)
    for (const { voice, passage } of attributed) {
      const name = voice.value.endsWith('/author') ? 'the author' : labelOf(project, voice)
      const found = drawn.filter(one => one.voice === name && one.mark === `[${passage!.position}]`)
      expect(found.length, `${name} ${passage!.position}`).toBeGreaterThan(0)
    }
  })

  test('nothing drawn plainly says what only they say', () => {
    const words = attributed.flatMap(({ quads }) =>
      quads.filter(({ object }) => object.termType === 'Literal').map(({ object }) => object.value),
    )
    for (const { boxes } of [article, thing('interpol'), thing('istanbul')])
      for (const { text, voice } of boxes.flatMap(({ lines = [] }) => lines))
        if (voice === undefined)
          for (const said of words) if (!text.startsWith('name as written')) expect(text).not.toContain(said)
    for (const { manner, voice } of article.arrows) expect(manner === 'attributed').toBe(voice !== undefined)
  })

  test('a thing of which only they speak is dashed, named in their words', () => {
    const threat = article.boxes.find(({ label }) => label.startsWith('the growing threat from cybercrime'))
    expect(threat?.manner).toBe('attributed')
    expect(article.boxes.find(({ label }) => label === 'Interpol')?.manner).toBeUndefined()
  })

  test('nor does an answer that rests on their words', async () => {
    const text = 'CONSTRUCT { ?x cmq:leadsTo ?y } WHERE { GRAPH ?c { ?x cmq:leadsTo ?y } }'
    const drawing = answerDrawing(project, await project.query(text))
    expect(drawing.arrows.map(({ manner, voice, mark }) => [manner, voice, mark])).toEqual([
      ['attributed', 'the author', '[9]'],
      ['attributed', 'the author', '[9]'],
    ])
  })

  test('a claim that becomes a speaker’s is dashed from then on', async () => {
    const folder = await givenProject({
      'data/interpol-ga-89/claims.md': replacing(
        'headed by State Secretary – Deputy Minister of Internal Affairs of the Russian Federation Igor Zubov\n- resolved by',
        'headed by State Secretary – Deputy Minister of Internal Affairs of the Russian Federation Igor Zubov\n- voice: id:kim-jong-young\n- uttered in: id:remark-of-kim-jong-young\n- resolved by',
      ),
    })
    expect(told(articleDrawing(await readProject(folder)))).toContain(
      'delegation of the Russian Federation is headed by Igor Zubov [3] says Kim Jong-young',
    )
  })
})

test('a thing with what is said of it, one step in each direction; even one that other pictures see through', () => {
  const uae = thing('uae')
  expect(uae.boxes.filter(({ isFocus }) => isFocus).map(({ label }) => label)).toEqual(['UAE'])
  for (const { from, to } of uae.arrows) expect([from, to]).toContain('id:uae')
  expect(told(thing('election-of-the-president-of-interpol'))).toContain(
    'election of the President of Interpol elects person Ahmed Nasser Al Raisi [12]',
  )
  expect(article.boxes.map(({ label }) => label)).not.toContain('election of the President of Interpol')
})

test('the triples that a question makes, with all that each rests on; what is inferred is dotted', async () => {
  expect(told(await answer('meetings-network'))).toEqual([
    'delegation of the Russian Federation is headed by Igor Zubov [3, 11]',
    expect.stringMatching(/^delegation of the Russian Federation met colleagues from \(10\) .* \[3, 11\]$/),
    'delegation of the Russian Federation represents Russian Federation [3, 11]',
  ])
  const { boxes } = await answer('events-for-schema-org')
  const lines = boxes.flatMap(({ lines = [] }) => lines.map(({ text }) => text))
  expect(lines.filter(text => text.endsWith('(inferred)')).length).toBeGreaterThan(0)
})

test('where there are several articles, a mark names the one it is from', async () => {
  const folder = await givenProject()
  const place = join(folder, 'data/interpol-ga-90')
  await cp(join(root, 'tests/project/articles/interpol-ga-90/article.txt'), join(place, 'article.txt'), { recursive: true })
  await draftDocument(place)
  await cp(join(root, 'tests/project/articles/interpol-ga-90/claims.md'), join(place, 'claims.md'))
  const two = articleDrawing(await readProject(folder))
  expect(two.title).toContain(' · ')
  const marks = marksOf(two).join(' ')
  expect(marks).toContain('[interpol-ga-89/12]')
  expect(marks).toMatch(/\[interpol-ga-90\/\d+\]/)
})

test('the same facts in any order give the same picture', () => {
  const quads = project.store.getQuads(null, null, null, null)
  expect(articleDrawing({ ...project, store: new Store(quads.reverse()) })).toEqual(article)
})

test('blank nodes, triples and values of any kind have their places', async () => {
  const text = `CONSTRUCT { _:b rdfs:seeAlso ?p ; rdfs:comment "a\\nb", true . ?p rdfs:seeAlso _:b } WHERE { ?p cmq:isCalledHolderOf id:president-of-turkey }`
  const { boxes, arrows } = answerDrawing(project, await project.query(text))
  expect(boxes.map(({ id }) => id)).toContain('_:b0')
  expect(arrows).toHaveLength(2)
  expect(
    boxes
      .find(({ id }) => id === '_:b0')
      ?.lines?.map(line => line.text)
      .sort(),
  ).toEqual(['rdfs:comment: true, a\nb'])
})
