import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config, SealingKey } from '#config/env.ts';
import type { Company } from './company.ts';

/** A link to one invoice for whoever holds it: the invoice's id, signed, so that nobody can guess another's. */

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const signature = (key: SealingKey, invoiceId: string) =>
  createHmac('sha256', key.key).update(`pay-link:${invoiceId}`).digest().subarray(0, 16);

const tokenOf = (key: SealingKey, invoiceId: string) =>
  Buffer.concat([Buffer.from(invoiceId.replaceAll('-', ''), 'hex'), signature(key, invoiceId)]).toString('base64url');

/** The part of `/pay/:token`, by the ring's first key. */
export function payToken(config: Pick<Config, 'keyRing'>, invoiceId: string): string {
  const [key] = config.keyRing;
  if (!key) throw new Error('there is no key to sign with');
  return tokenOf(key, invoiceId);
}

/** The link of an issued invoice as it was printed; none where its key is gone, or it is of before. */
export function payLinkOf(config: Pick<Config, 'keyRing'>, company: Company, invoiceId: string): string | undefined {
  const key = config.keyRing.find((one) => one.id === company.link?.key);
  if (!key || !company.link) return undefined;
  return `${company.link.origin}/pay/${tokenOf(key, invoiceId)}`;
}

/** The invoice that a token is about; undefined where none of our keys has signed it. */
export function invoiceIdOfToken(config: Pick<Config, 'keyRing'>, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return undefined;
  const id = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  if (!ID.test(id)) return undefined;
  return config.keyRing.some((key) => timingSafeEqual(signature(key, id), bytes.subarray(16))) ? id : undefined;
}
