/** The face of `#any-ascii`. */
declare function anyAscii(text: string): string
export = anyAscii
