import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '#config/env.ts';
import type { MailTemplate } from '#emails/templates.ts';
import { type DeclinableKind, kindOf } from './mail-kinds.ts';
import { DECLINABLE_KINDS } from './preferences.ts';

/**
 * A link with which the reader of a mail says, without signing in, which mails they want: `/mails/:token`, the address and the
 * kind of the mail it stood in, signed. It doesn't run out, since a mail is read when it is read.
 */

type Keys = Pick<Config, 'keyRing'>;

export interface MailLink {
  address: string;
  /** Of the mail that the link stood in. */
  kind: DeclinableKind;
}

const signature = (key: Uint8Array, said: string) =>
  createHmac('sha256', createHmac('sha256', key).update('mail preferences').digest()).update(said).digest('base64url');

const same = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Where the reader chooses; null for a mail that can't be declined. */
export function preferencesUrl(
  config: Pick<Config, 'keyRing' | 'origin'>,
  mail: { address: string; template: MailTemplate },
): string | null {
  const { kind } = kindOf(mail.template);
  return kind === 'required' ? null : `${config.origin}/mails/${mailToken(config, { address: mail.address, kind })}`;
}

export function mailToken({ keyRing }: Keys, { address, kind }: MailLink): string {
  const [first] = keyRing;
  if (!first) throw new Error('there is no key to sign with');
  const said = Buffer.from(`${kind} ${address.toLowerCase()}`).toString('base64url');
  return `${said}.${signature(first.key, said)}`;
}

/** Undefined where none of our keys signed it. */
export function readMailToken({ keyRing }: Keys, token: string): MailLink | undefined {
  const [, said = '', signed = ''] = /^([\w-]{1,600})\.([\w-]{43})$/.exec(token) ?? [];
  if (!said || !keyRing.some(({ key }) => same(signature(key, said), signed))) return undefined;
  const [name, address] = Buffer.from(said, 'base64url').toString('utf8').split(' ');
  const kind = DECLINABLE_KINDS.find((one) => one === name);
  return kind && address ? { address, kind } : undefined;
}

/**
 * What a mail program shows as "unsubscribe", and does at one click (RFC 8058): headers to send with the mail, none for a
 * mail that can't be declined.
 */
export function unsubscribeHeaders(
  config: Pick<Config, 'keyRing' | 'origin'>,
  mail: { address: string; template: MailTemplate },
): Record<string, string> {
  const url = preferencesUrl(config, mail);
  return url === null ? {} : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
