/** What a thing is, which its colour tells: who acts and where, what happens, what lasts or is counted, the text, anything else. */
export type Kind = 'actor' | 'event' | 'matter' | 'text' | 'other'

/** How something is drawn: plainly; dashed, with who says so; dotted. */
export type Manner = 'stated' | 'attributed' | 'inferred'

/** A picture before it is laid out. Texts are plain; each format escapes them. */
export interface Drawing {
  readonly title: string
  /** For those who do not see it: the same facts as sentences. */
  readonly description: string
  /** Small, below the picture: how to read it. */
  readonly legend?: string | undefined
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  readonly frames?: readonly Frame[] | undefined
  /** Boxes that stand in one column. */
  readonly columns?: readonly (readonly string[])[] | undefined
}

export interface Box {
  readonly id: string
  readonly label: string
  readonly kind: Kind
  /** What only speakers say of is dashed. */
  readonly manner?: Manner | undefined
  readonly lines?: readonly Line[] | undefined
  readonly url?: string | undefined
  readonly tooltip?: string | undefined
  /** Whether it is what the picture is about. */
  readonly isFocus?: boolean | undefined
}

/** A value of a thing, in small type below its name. */
export interface Line {
  readonly text: string
  readonly mark: string
  /** Who says so, where that is not the author plainly. */
  readonly voice?: string | undefined
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly label: string
  /** The sentences it rests on, `[12]`. */
  readonly mark?: string | undefined
  readonly manner?: Manner | undefined
  /** Who says so, where that is not the author plainly. */
  readonly voice?: string | undefined
  readonly tooltip?: string | undefined
}

/** A frame with a title around boxes. */
export interface Frame {
  readonly title: string
  readonly kind: Kind
  readonly boxes: readonly string[]
}

/** Colours by their use, on a light page and on a dark one. */
export const COLORS = {
  page: ['#ffffff', '#0d1117'],
  edge: ['#c9ced6', '#3d444d'],
  ink: ['#1b1f24', '#e6edf3'],
  small: ['#4b5563', '#b6bec9'],
  arrow: ['#7a828e', '#8b949e'],
  said: ['#b0410e', '#ff9d6b'],
  mark: ['#0b57a4', '#79b8ff'],
  'actor-line': ['#1d5fa8', '#5aa7f5'],
  'actor-fill': ['#e6f0fb', '#11263f'],
  'event-line': ['#1f7a4d', '#4cc38a'],
  'event-fill': ['#e5f5ec', '#0f2b1e'],
  'matter-line': ['#7b3f98', '#c792e0'],
  'matter-fill': ['#f4eaf8', '#2b1b34'],
  'text-line': ['#8a5a00', '#d9a62e'],
  'text-fill': ['#fdf3dc', '#2e240e'],
  'other-line': ['#57606a', '#9aa4af'],
  'other-fill': ['#f3f4f6', '#1c2128'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>

/**
 * Text of one line that every format can carry: white space of any kind is one blank, what XML forbids, turns of direction and halves
 * of a character become `\ufffd`, and what is longer than `most` characters is cut.
 *
 * @see XML 1.0, 2.2 (Characters)
 * @example printable('a\nb\u0000', 9) // 'a b\ufffd'
 */
export function printable(text: string, most: number): string {
  const plain = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cs}\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
  const characters = [...plain]
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`
}
