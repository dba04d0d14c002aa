import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.ts';

test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s may be called', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['this machine', '127.0.0.1'],
  ['this machine', '127.8.8.8'],
  ['this machine', '::1'],
  ['this machine', '0.0.0.0'],
  ['this machine in other clothes', '::ffff:127.0.0.1'],
  ['this machine in other clothes', '::ffff:7f00:1'],
  ['this machine in clothes of old', '::7f00:1'],
  ['this machine in clothes of old', '::127.0.0.1'],
  ['nobody’s', '4000::1'],
  ['this machine by NAT64', '64:ff9b::7f00:1'],
  ['this machine by 6to4', '2002:7f00:1::'],
  ['the network', '10.1.2.3'],
  ['the network', '172.16.0.1'],
  ['the network', '192.168.1.1'],
  ['the network', 'fd00::1'],
  ['a provider’s network', '100.64.0.1'],
  ['a cloud’s metadata', '169.254.169.254'],
  ['a neighbour', 'fe80::1'],
  ['everybody', '224.0.0.1'],
  ['everybody', '255.255.255.255'],
  ['nothing', 'localhost'],
  ['nothing', ''],
])('%s (%s) may not', (_what, address) => {
  expect(isPublicAddress(address)).toBe(false);
});
