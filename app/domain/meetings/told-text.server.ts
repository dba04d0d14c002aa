import { createHash } from 'node:crypto';
import type { MeetingEvent } from '#plugins/contract/index.ts';

const MOST_LETTERS = 500;

/** A text of a provider's as it can be kept: people call themselves whatever they like, and no text of the database holds a NUL. */
export const toldText = (text: string): string => text.replaceAll('\0', '').slice(0, MOST_LETTERS);

/** A key of a provider's: one that is too long to be looked up by goes by its sum. */
const toldKey = (key: string): string =>
  key.length <= MOST_LETTERS ? toldText(key) : createHash('sha256').update(key).digest('base64url');

/** An event with nothing in it that can't be kept. */
export function toldEvent(event: MeetingEvent): MeetingEvent {
  const plain = { ...event, key: toldKey(event.key), type: toldText(event.type) };
  if (plain.fact === 'other') return plain;
  const ref = plain.ref.replaceAll('\0', '');
  if (plain.fact !== 'joined' && plain.fact !== 'left') return { ...plain, ref };
  const { key, name, email, userId } = plain.person;
  const person = { key: toldKey(key), name: toldText(name), email: email && toldText(email), userId: userId && toldText(userId) };
  return { ...plain, ref, person };
}
