import { SaxesParser } from '@rubensworks/saxes'
import type { Arrow, Box, Drawing } from '../../src/drawing/drawing.ts'

/** A drawing of boxes with these labels, the first tied to each of the others. */
export function givenDrawing(labels: readonly string[], arrow: Partial<Arrow> = {}, box: Partial<Box> = {}): Drawing {
  const [first = '', ...others] = labels
  return {
    title: first,
    description: first,
    boxes: labels.map((label): Box => ({ id: label, label, kind: 'actor', ...box })),
    arrows: others.map((label): Arrow => ({ from: first, to: label, label: first, mark: '[1]', ...arrow })),
  }
}

/** The names of the elements of an XML text and all its character data; throws where it is not well-formed. */
export function readXml(xml: string): { readonly elements: readonly string[]; readonly texts: readonly string[] } {
  const [elements, texts]: [string[], string[]] = [[], []]
  const parser = new SaxesParser({ xmlns: false })
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name }) => elements.push(name))
  parser.on('text', text => texts.push(text))
  parser.write(xml).close()
  return { elements, texts }
}
