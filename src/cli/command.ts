import type { Terminal } from './terminal.ts'

export type Flags = Readonly<Record<string, unknown>>

/** A command's work: arguments and flags in, exit code out. */
export interface CommandModule {
  run(positionals: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number>
}

/** An option; a repeated one gives a list. */
export type OptionRow = readonly [flags: string, text: string, kind?: 'repeated' | 'hidden']

export interface CommandRow {
  readonly name: string
  readonly args: string
  readonly summary: string
  readonly group: string
  readonly options: readonly OptionRow[]
  load(): Promise<CommandModule>
}
