import type { LookupFunction } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createJira, type JiraOptions } from '../../src/adapters/jira/create-jira.ts'
import { refusedRange } from '../../src/adapters/jira/outgoing-guard.ts'
import { startJiraStub } from '../support/jira-stub.ts'
import { createManualTimer } from '../support/jira-under-test.ts'
import { silentLog } from '../support/silent-log.ts'

const connect = (baseUrl: string, options: Partial<JiraOptions> = {}) =>
  createJira({
    baseUrl,
    deployment: 'cloud',
    credentials: { bearer: 'token' },
    renderComment: { adf: () => ({}), wiki: () => '' },
    clock: { now: () => 0 },
    log: silentLog,
    timer: createManualTimer(),
    ...options,
  })

const resolvesTo =
  (...addresses: string[]): LookupFunction =>
  (_host, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all === true) callback(null, found)
    else callback(null, found[0]!.address, found[0]!.family)
  }

describe('an address', () => {
  it.each([
    ['8.8.8.8', null, null],
    ['2606:4700::1', null, null],
    ['127.0.0.1', 'loopback', null],
    ['::1', 'loopback', null],
    ['::ffff:7f00:1', 'loopback', null],
    ['10.1.2.3', 'private', null],
    ['192.168.0.9', 'private', null],
    ['fd12::1', 'uniqueLocal', null],
    ['100.64.0.1', 'carrierGradeNat', null],
    ['169.254.169.254', 'linkLocal', 'linkLocal'],
    ['::ffff:169.254.169.254', 'linkLocal', 'linkLocal'],
    ['fe80::1', 'linkLocal', 'linkLocal'],
    ['fd00:ec2::254', 'cloud metadata', 'cloud metadata'],
    ['100.100.100.200', 'cloud metadata', 'cloud metadata'],
    ['168.63.129.16', 'cloud metadata', 'cloud metadata'],
    ['0.0.0.0', 'unspecified', 'unspecified'],
    ['::', 'unspecified', 'unspecified'],
    ['224.0.0.1', 'multicast', 'multicast'],
    ['255.255.255.255', 'broadcast', 'broadcast'],
    ['64:ff9b::7f00:1', 'rfc6052', 'rfc6052'],
    ['2002:7f00:1::', '6to4', '6to4'],
    ['not an address', 'unreadable', 'unreadable'],
  ])('%s is refused as %s, and as %s where private ones are allowed', (address, publicOnly, privateToo) => {
    expect([refusedRange(address, false), refusedRange(address, true)]).toEqual([publicOnly, privateToo])
  })
})

describe('a connection', () => {
  it.each([
    'http://169.254.169.254/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://2852039166/',
    'http://0.0.0.0/',
    'http://[fd00:ec2::254]/',
  ])('to %s is never opened', async (baseUrl) => {
    const jira = connect(baseUrl)
    await expect(jira.whoAmI()).rejects.toMatchObject({
      failure: 'rejected',
      message: expect.stringMatching(/is a [\w ]+ address, which Throughline never calls$/) as string,
    })
    await jira.close()
  })

  it.each(['http://127.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://[::1]/'])(
    'to %s is not opened where private addresses are not allowed',
    async (baseUrl) => {
      const jira = connect(baseUrl, { allowPrivateAddresses: false })
      await expect(jira.whoAmI()).rejects.toMatchObject({ failure: 'rejected' })
      await jira.close()
    },
  )

  it('is not opened for a name with one refused address among others', async () => {
    const lookup = resolvesTo('93.184.216.34', '169.254.169.254')
    const jira = connect('http://jira.example/', { lookup })
    await expect(jira.whoAmI()).rejects.toMatchObject({
      failure: 'rejected',
      message: expect.stringContaining('jira.example (169.254.169.254) is a linkLocal address') as string,
    })
    await jira.close()
  })

  it('goes to the address that was checked', async () => {
    const stub = await startJiraStub(() => ({ body: { accountId: '1', displayName: 'Bot' } }))
    const { port } = new URL(stub.url)
    const jira = connect(`http://jira.example:${port}/`, { lookup: resolvesTo('127.0.0.1') })
    expect(await jira.whoAmI()).toMatchObject({ accountId: '1' })
    expect(stub.requests[0]?.headers.host).toBe(`jira.example:${port}`)
    await jira.close()
    await stub.close()
  })

  it('is tried again when the name is not found, for names come back', async () => {
    const timer = createManualTimer()
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), [])
    const jira = connect('http://jira.example/', { lookup, timer })
    await expect(jira.whoAmI()).rejects.toMatchObject({ failure: 'unavailable' })
    expect(timer.sleepsMs).toHaveLength(3)
    await jira.close()
  })
})
