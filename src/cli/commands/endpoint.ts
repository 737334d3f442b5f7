import type { Endpoint } from '../../endpoint/endpoint.ts'
import { CommuniqueError } from '../../error.ts'
import type { Flags } from '../command.ts'

/** The server of `--endpoint`, if there is one. */
export async function endpointOf(flags: Flags): Promise<Endpoint | undefined> {
  if (flags.endpoint === undefined) return undefined
  if (flags.explain === true)
    throw new CommuniqueError('option-conflict', {
      what: '--explain tells what the engine in here does, not what a server does',
      mend: 'leave out one of --explain and --endpoint',
    })
  return serverAt(String(flags.endpoint), flags)
}

/** A server, with credentials from the environment: a command line is seen by all who use the machine. */
export async function serverAt(url: string, flags: Flags): Promise<Endpoint> {
  const { Endpoint } = await import('../../endpoint/endpoint.ts')
  const { COMMUNIQUE_ENDPOINT_USER: user, COMMUNIQUE_ENDPOINT_PASSWORD: password, COMMUNIQUE_ENDPOINT_TOKEN: token } = process.env
  const policy = { allowPrivate: flags.allowPrivate === true, offline: flags.offline === true }
  return new Endpoint(url, { credentials: { user, password, token }, policy })
}
