import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config, SealingKey } from '#config/env.ts';

/**
 * Where an answer by mail to a conversation comes in: `reply+TOKEN@domain`, the conversation's id and a signature over it and
 * the person it was given to. In hexadecimal, since programs write addresses in capitals or small letters as they like, and
 * within the 64 characters that stand before an @.
 */

export interface Replier {
  kind: 'tutor' | 'client' | 'student';
  id: string;
}

const signature = ({ key }: SealingKey, conversationId: string, { kind, id }: Replier) =>
  createHmac('sha256', key).update(`reply:${conversationId}:${kind}:${id}`).digest().subarray(0, 12);

export function replyAddress(
  { keyRing }: Pick<Config, 'keyRing'>,
  domain: string,
  conversationId: string,
  person: Replier,
): string {
  const [key] = keyRing;
  if (!key) throw new Error('there is no key to sign with');
  return `reply+${conversationId.replaceAll('-', '')}${signature(key, conversationId, person).toString('hex')}@${domain.toLowerCase()}`;
}

export interface ReplyToken {
  conversationId: string;
  signed: Buffer;
}

/** What an address says; undefined for one that isn't an answer's. Whose it is, `isRepliers` tells. */
export function readReplyAddress(address: string, domain: string): ReplyToken | undefined {
  const [, id = '', signed = '', at] = /^reply\+([\da-f]{32})([\da-f]{24})@(.+)$/i.exec(address.trim()) ?? [];
  if (!id || !domain || at?.toLowerCase() !== domain.toLowerCase()) return undefined;
  const conversationId = id.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { conversationId, signed: Buffer.from(signed, 'hex') };
}

/** Whether the address was given to this person, under any key of the ring. */
export const isRepliers = (
  { keyRing }: Pick<Config, 'keyRing'>,
  { conversationId, signed }: ReplyToken,
  person: Replier,
): boolean => keyRing.some((key) => timingSafeEqual(signature(key, conversationId, person), signed));
