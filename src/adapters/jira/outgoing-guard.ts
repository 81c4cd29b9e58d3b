import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'

/** An address Throughline refuses to talk to, whatever asked for it. */
export class AddressRefused extends Error {
  constructor(host: string, address: string, range: string) {
    const resolved = host === address ? host : `${host} (${address})`
    super(`${resolved} is a ${range} address, which Throughline never calls`)
    this.name = 'AddressRefused'
  }
}

export interface GuardOptions {
  /** Data Center lives on private networks; a hosted service must not reach its own. */
  readonly allowPrivateAddresses: boolean
  readonly connectTimeoutMs: number
  readonly lookup?: LookupFunction
}

/**
 * Opens connections to allowed addresses only. The name is resolved once, every address of the answer is checked,
 * and the checked addresses are the ones connected to, so that a name cannot change between check and use. Literal
 * addresses never pass through a lookup and are checked by themselves.
 */
export function createGuardedConnector(options: GuardOptions): buildConnector.connector {
  const lookup = guardedLookup(options.lookup ?? systemLookup, options.allowPrivateAddresses)
  const connect = buildConnector({ lookup, timeout: options.connectTimeoutMs, allowH2: false })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
    const range = isIP(host) === 0 ? null : refusedRange(host, options.allowPrivateAddresses)
    if (range === null) connect(target, callback)
    else callback(new AddressRefused(host, host, range), null)
  }
}

function guardedLookup(lookup: LookupFunction, allowPrivateAddresses: boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, (error, found, family) => {
      if (error !== null) {
        callback(error, found, family)
        return
      }
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address)
      for (const address of addresses) {
        const range = refusedRange(address, allowPrivateAddresses)
        if (range === null) continue
        callback(new AddressRefused(host, address, range), [])
        return
      }
      callback(null, found, family)
    })
  }
}

/** Where clouds keep the credentials of a machine. Refused even where private addresses are allowed. */
const METADATA_ADDRESSES = new Set(['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'])

const PRIVATE_RANGES = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

/** The name of the range an address is refused for (`linkLocal`, `private` …); null when it may be called. */
export function refusedRange(address: string, allowPrivateAddresses: boolean): string | null {
  if (!ipaddr.isValid(address)) return 'unreadable'
  const ip = ipaddr.process(address)
  if (METADATA_ADDRESSES.has(ip.toString())) return 'cloud metadata'
  const range = ip.range()
  if (range === 'unicast' || (allowPrivateAddresses && PRIVATE_RANGES.has(range))) return null
  return range
}
