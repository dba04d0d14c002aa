import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '#config/env.ts';

/** How long a page may stand open before it is sent. */
const LONGEST_MS = 24 * 60 * 60_000;

type Keys = Pick<Config, 'keyRing'>;

/**
 * When a public form was shown, signed: nothing is stored for a visitor who only looks, and a sender can't make it older
 * than it is. Every page shown has its own.
 */
export function issueFormToken({ keyRing }: Keys, form: string, now: Date): string {
  const [first] = keyRing;
  if (!first) throw new Error('there is no key to sign with');
  const body = `${now.getTime().toString(36)}.${randomBytes(12).toString('base64url')}`;
  return `${body}.${sign(first.key, form, body)}`;
}

/** For how long the form has been open, in milliseconds; undefined: it is not ours, of another form, or too old. */
export function readFormToken({ keyRing }: Keys, form: string, now: Date, token: string): number | undefined {
  const match = /^(([0-9a-z]{1,12})\.[\w-]{16})\.([\w-]{43})$/.exec(token);
  const [, body = '', shown = '', signature = ''] = match ?? [];
  if (!match || !keyRing.some(({ key }) => same(sign(key, form, body), signature))) return undefined;
  const age = now.getTime() - Number.parseInt(shown, 36);
  return age >= 0 && age <= LONGEST_MS ? age : undefined;
}

const sign = (key: Uint8Array, form: string, body: string) =>
  createHmac('sha256', createHmac('sha256', key).update('public form').digest()).update(`${form} ${body}`).digest('base64url');

const same = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
