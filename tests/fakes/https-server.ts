import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Of provider.test alone; good until 2120, for nothing but tests. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBcDCCARagAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1wcm92aWRl
ci50ZXN0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1wcm92aWRlci50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdhqK
HmkKTtHHm5czNPokixxKZ8SfQB9pNVB4abGYg3BLNF0hLSc90ArZG0oKzxnfN/Ec
ssT++GP4d1AZb6GVAqNPME0wHgYDVR0RBBcwFYINcHJvdmlkZXIudGVzdIcEfwAA
ATAMBgNVHRMEBTADAQH/MB0GA1UdDgQWBBSvrTk2Y/KGIVPoy9QH2iu1nqVbEjAK
BggqhkjOPQQDAgNIADBFAiAhQoLZIRSKkYktvCYDlh5UzufXbETlCDF8s+Zcc4OM
7gIhAOGT80XHelqgcIVGyhMeci9rrd/4XEnEHDVffTpGCnyQ
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxcLxjjzihJPP+R3m
ZfBC/JLN2UvlQfvwVxlLUOTFvvahRANCAAR2GooeaQpO0ceblzM0+iSLHEpnxJ9A
H2k1UHhpsZiDcEs0XSEtJz3QCtkbSgrPGd838RyyxP74Y/h3UBlvoZUC
-----END PRIVATE KEY-----`;

/** A provider that is really there, on this machine, under the name provider.test. */
export async function httpsServer(listener: RequestListener): Promise<{ port: number; close: () => void }> {
  const server = createServer({ cert: certificate, key }, listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
