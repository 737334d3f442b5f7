/** Bytes that mean something in the syntaxes of lines and in Turtle. Each a constant of its own: the build puts their values in place. */
export const TAB = 9
export const LINE_FEED = 10
export const RETURN = 13
export const SPACE = 32
export const QUOTE = 34
export const HASH = 35
export const PERCENT = 37
export const APOSTROPHE = 39
export const OPEN = 40
export const CLOSE = 41
export const PLUS = 43
export const COMMA = 44
export const MINUS = 45
export const DOT = 46
export const SLASH = 47
export const COLON = 58
export const SEMICOLON = 59
export const LESS = 60
export const GREATER = 62
export const AT = 64
export const LARGE_U = 85
export const OPEN_SQUARE = 91
export const BACKSLASH = 92
export const CLOSE_SQUARE = 93
export const CARET = 94
export const UNDERSCORE = 95
export const SMALL_A = 97
export const SMALL_E = 101
export const SMALL_U = 117
export const OPEN_BRACE = 123
export const LAST_ASCII = 127
/** The bit that tells a small letter from a large one. */
export const SMALL = 32

/** What a byte may be part of, or is the end of: a bit each. */
export const LETTER = 1
export const SCHEME = 2
export const NAME = 4
export const LANGUAGE_TAG = 8
export const NO_IRI = 16
export const NO_TEXT = 32
export const DELIMITER = 64
export const DIGIT = 128

export const CLASSES = Uint8Array.from({ length: 256 }, (_, code) => {
  const is = (pattern: RegExp, bit: number): number => (pattern.test(String.fromCharCode(code)) ? bit : 0)
  return (
    is(/[A-Za-z]/, LETTER) |
    is(/[A-Za-z0-9+.-]/, SCHEME) |
    is(/[A-Za-z0-9_-]/, NAME) |
    is(/[A-Za-z0-9-]/, LANGUAGE_TAG) |
    is(/[\0-\x20<>"{}|^`\\]/, NO_IRI) |
    is(/["\\\n\r]/, NO_TEXT) |
    is(/[\t\n\r "'#(),;<[\]]/, DELIMITER) |
    is(/[0-9]/, DIGIT)
  )
})
