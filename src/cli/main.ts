import { Command, CommanderError, Option } from 'commander'
import type { CommandRow } from './command.ts'
import { COLORS, COMMANDS, EVERYWHERE, MORE } from './commands/table.ts'

declare const __VERSION__: string

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 answered, 1 failed, 2 wrong usage, 3 check or test found faults, 4 partial answer, 130 interrupted
 */
async function main(): Promise<number> {
  const program = new Command('communique')
    .description(
      'Turns a press communique into a knowledge graph you can question.\nEvery answer shows the sentence it came from.',
    )
    .usage('<command> [options]')
    .exitOverride()
    .configureHelp({ subcommandTerm: command => `${command.name()} ${command.usage().replace(/^\[options\] ?/, '')}`.trim() })
    .version(__VERSION__)
    .commandsGroup(MORE)
    .helpCommand('help [command]', 'help on one command')
    .addHelpText('after', '\nTry: communique ask --all --tag starter')
  for (const option of everywhere()) program.addOption(option)
  let code = 0
  // What is asked for needs no more than its own options.
  const asked = COMMANDS.find(({ name }) => name === process.argv[2])
  for (const row of asked === undefined ? COMMANDS : [asked]) {
    const command = program.command(`${row.name} ${row.args}`.trim()).description(row.summary).helpGroup(row.group)
    for (const [flags, text, kind] of row.options) {
      const option = new Option(flags, text)
      if (kind === 'repeated') option.argParser((value: string, values: readonly string[] = []) => [...values, value])
      command.addOption(option)
    }
    for (const option of everywhere()) command.addOption(option.hideHelp())
    command.addHelpText('after', '\nEverywhere: --json, --project <dir>, --color <when>')
    command.action(async (...parameters: unknown[]) => {
      const positionals = parameters
        .slice(0, -2)
        .flat()
        .map(value => (value === undefined ? undefined : String(value)))
      code = await runCommand(row, positionals, { ...program.opts(), ...command.opts() })
    })
  }
  if (process.argv.length <= 2) {
    program.outputHelp()
    return 0
  }
  try {
    await program.parseAsync()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return code
}

function everywhere(): Option[] {
  return EVERYWHERE.map(([flags, text]) => {
    const option = new Option(flags, text)
    return flags.startsWith('--color') ? option.choices(COLORS) : option
  })
}

async function runCommand({ load }: CommandRow, positionals: readonly (string | undefined)[], flags: object): Promise<number> {
  const options: Record<string, unknown> = { ...flags }
  const [{ run }, { terminal, faultText, faultsOf }] = await Promise.all([load(), import('./terminal.ts')])
  const screen = terminal(String(options.color ?? 'auto'))
  try {
    return await run(positionals, options, screen)
  } catch (error) {
    if (error instanceof Error && error.name === 'Interruption') return 130
    const faults = faultsOf(error)
    screen.progress('')
    if (options.json === true) screen.out(JSON.stringify({ error: faults }, null, 2))
    else for (const fault of faults) screen.err(faultText(fault, screen))
    if (error instanceof Error && (error.cause as Error | undefined)?.name === 'Interruption') return 130
    return faults.some(({ code }) => USAGE.has(code)) ? 2 : 1
  }
}

/** Faults of the call rather than of what it works on. */
const USAGE: ReadonlySet<string> = new Set(
  [
    'unknown-question unknown-parameter unknown-value parameter-type parameter-setting unknown-format',
    'format-form unknown-layer option-number no-query unknown-shell unknown-tag unknown-graph',
    'unknown-syntax named-graphs whole-claims base-iri option-missing unknown-state states-unlike',
    'unknown-engine unknown-protocol option-conflict endpoint-address unknown-action',
    'link-decided link-unknown link-thing link-target link-source',
  ].flatMap(codes => codes.split(' ')),
)

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
main()
  .catch((error: unknown) => {
    console.error(error)
    return 1
  })
  .then(async code => {
    process.exitCode = code
    const written = [process.stdout, process.stderr].map(stream => new Promise(resolve => stream.write('', resolve)))
    await Promise.all(written)
    // What was stopped may still be at work in this thread.
    process.exit()
  })
