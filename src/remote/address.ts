import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { CommuniqueError } from '../error.ts'

/**
 * Whether an address is of this machine, of a private network, or of none that the public can reach. Only global unicast IPv6 counts as
 * public: what wraps an IPv4 address (mapped, 6to4, NAT64, Teredo) could wrap a private one.
 *
 * @see RFC 6890 (Special-Purpose IP Address Registries)
 * @example [isPrivateAddress('169.254.169.254'), isPrivateAddress('::1'), isPrivateAddress('91.198.174.192')] // [true, true, false]
 */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) === 6
    ? !PUBLIC_6.check(address, 'ipv6') || PRIVATE_6.check(address, 'ipv6')
    : PRIVATE_4.check(address, 'ipv4')
}

const PUBLIC_6 = blockList('ipv6', ['2000::/3'])
const PRIVATE_6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16'])
const PRIVATE_4 = blockList('ipv4', [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
  ],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
])

function blockList(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits), family)
  }
  return list
}

/** The error for an address that may not be asked. */
export function privateAddressError(host: string, address = host): CommuniqueError {
  return new CommuniqueError('remote-refused', {
    what: `${host} ${host === address ? 'is' : `leads to ${address},`} an address of this machine or of a private network`,
    mend: 'allow private addresses (--allow-private) if this is the server that you mean',
  })
}

/** Resolves a name as the system does and refuses it if one of its addresses is private: a name can change between check and use. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const refused = error ? undefined : addresses.find(({ address }) => isPrivateAddress(address))
    const [first] = error ? [] : addresses
    if (error) callback(error, '', 0)
    else if (refused !== undefined) callback(privateAddressError(hostname, refused.address), '', 0)
    else if (options.all) callback(null, addresses)
    else callback(null, first!.address, first!.family)
  })
}
