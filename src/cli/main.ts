import { Command, CommanderError, Option } from 'commander'
import { COMMANDS } from './commands/table.ts'

/** Exit codes: 0 answered, 1 failed, 2 wrong usage, 3 check found faults. */
async function main(): Promise<number> {
  const program = new Command('communique')
  program
    .description('Turns a press communique into a knowledge graph you can question; every answer shows its sentence.')
    .exitOverride()
    .configureHelp({
      visibleCommands: command =>
        command === program ? program.commands.filter(({ name }) => name !== undefined) : [...command.commands],
    })
    .addOption(
      new Option(
        '--project <dir>',
        'project folder (default: this folder if it is one, else the article that ships with the package)',
      ),
    )
    .addOption(new Option('--json', 'answer as JSON'))
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto'))
    .version(__VERSION__)
    .helpCommand('help [command]', 'help on one command')
    .addHelpText('after', '\nTry: communique article --claims')
  let code = 0
  for (const { name, args, summary, group, options, load } of COMMANDS) {
    const command = program.command(`${name} ${args}`.trim()).description(summary).helpGroup(group)
    for (const [flags, text] of options) command.option(flags, text)
    command.addOption(new Option('--json', 'answer as JSON')).addOption(new Option('--project <dir>', 'project folder'))
    command.action(async (...parameters: unknown[]) => {
      const positionals = parameters.slice(0, -2).map(value => (value === undefined ? undefined : String(value)))
      const flags = { ...program.opts(), ...command.opts() }
      const [{ run }, { terminal, faultText, faultsOf }] = await Promise.all([load(), import('./terminal.ts')])
      const screen = terminal(String(flags.color))
      try {
        code = await run(positionals, flags, screen)
      } catch (error) {
        const faults = faultsOf(error)
        if (flags.json === true) screen.out(JSON.stringify({ error: faults }, null, 2))
        else for (const fault of faults) screen.err(faultText(fault, screen))
        code = 1
      }
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

declare const __VERSION__: string

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await main()
