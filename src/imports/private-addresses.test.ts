import { describe, expect, it } from 'vitest'
import { refusesPrivate, refusesSpecial } from './private-addresses.ts'

const OWN_NETWORK = [
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.9.9.9',
  '172.31.0.1',
  '192.168.1.1',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
]
const NEVER = [
  '0.0.0.0',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::127.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'not an address',
]
const PUBLIC = ['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:8.8.8.8']

describe('addresses', () => {
  it.each([...OWN_NETWORK, ...NEVER])('%s is refused', (ip) => {
    expect(refusesPrivate(ip)).toBe(true)
  })

  it.each(PUBLIC)('%s is fetched from', (ip) => {
    expect([refusesPrivate(ip), refusesSpecial(ip)]).toEqual([false, false])
  })

  it.each(OWN_NETWORK)('%s is fetched from where the operator allows it', (ip) => {
    expect(refusesSpecial(ip)).toBe(false)
  })

  it.each(NEVER)('%s is refused even then', (ip) => {
    expect(refusesSpecial(ip)).toBe(true)
  })
})
