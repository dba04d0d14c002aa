import ipaddr from 'ipaddr.js';

const global = ipaddr.parse('2000::');

/**
 * Whether an address is one of the open internet, and not of this machine, its network, a cloud's metadata or anything
 * that only looks like one of the outside (`::ffff:127.0.0.1`).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` takes an IPv4 address out of its IPv6 clothes; what still tunnels one (6to4, NAT64) is of no range of its own here.
  const plain = ipaddr.process(address);
  if (plain.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is handed out to anybody: `::7f00:1`, the old way to dress 127.0.0.1, is not.
  return plain.kind() === 'ipv4' || plain.match(global, 3);
}
