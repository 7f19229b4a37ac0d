/** Which network addresses an import may not fetch from: a document's address comes from outside and could point inwards. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

type Subnet = readonly [network: string, prefix: number]

/** Own machine and own network: refused unless the operator allows them. */
const PRIVATE: readonly Subnet[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
]

/** Never a document: link-local with the clouds' metadata services, multicast, reserved, and ways to wrap an IPv4 address. */
const NEVER: readonly Subnet[] = [
  ['0.0.0.0', 8],
  // The metadata services of Alibaba Cloud, Oracle Cloud (in 192.0.0.0/24) and Azure have addresses outside the link-local ones.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fd00:ec2::254', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

const isPrivate = listOf(PRIVATE)
const isNever = listOf(NEVER)

/** Tells for an IP address whether nothing may be fetched from it. */
export type Refuses = (ip: string) => boolean

export const refusesPrivate: Refuses = (ip) => isPrivate(ip) || isNever(ip)

/** For people who import from their own network. */
export const refusesSpecial: Refuses = (ip) => isNever(ip) && ip !== '::1'

function listOf(subnets: readonly Subnet[]): Refuses {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, isIPv4(network) ? 'ipv4' : 'ipv6')
  return (ip) => {
    const plain = ip.replace(/%.*$/, '')
    if (isIPv4(plain)) return list.check(plain, 'ipv4')
    // An IPv4 address mapped into IPv6 is checked as what it is.
    return !isIPv6(plain) || list.check(plain, 'ipv6')
  }
}
