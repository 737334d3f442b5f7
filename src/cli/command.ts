import type { Terminal } from './terminal.ts'

export type Flags = Readonly<Record<string, unknown>>

/** A command's work: arguments and flags in, exit code out. */
export interface CommandModule {
  run(positionals: readonly (string | undefined)[], flags: Flags, terminal: Terminal): Promise<number>
}

export interface CommandRow {
  readonly name: string
  readonly args: string
  readonly summary: string
  readonly group: string
  readonly options: readonly (readonly [flags: string, text: string])[]
  load(): Promise<CommandModule>
}
