import { isLocalDate, isWallTime, isZone } from '#app/domain/scheduling/wall-time.ts';
import type { BookState } from './book-state.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TOKEN = /^[\w-]{43}$/;

const readers: { [K in keyof BookState]-?: (text: string) => BookState[K] | undefined } = {
  program: uuid,
  subject: uuid,
  tutor: (text) => (text === 'any' ? text : uuid(text)),
  minutes: (text) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined),
  day: (text) => (isLocalDate(text) ? text : undefined),
  week: (text) => (isLocalDate(text) ? text : undefined),
  zone: (text) => (text.length < 60 && isZone(text) ? text : undefined),
  hold: token,
  start: (text) => (isWallTime(text) && text.length === 16 ? text : undefined),
  by: uuid,
  course: uuid,
  booked: token,
};

function uuid(text: string): string | undefined {
  return UUID.test(text) ? text.toLowerCase() : undefined;
}

function token(text: string): string | undefined {
  return TOKEN.test(text) ? text : undefined;
}

/** Whatever can't be read is as if it weren't there. */
export function readBookState(search: URLSearchParams): BookState {
  const state: Record<string, unknown> = {};
  for (const key of Object.keys(readers) as (keyof BookState)[]) {
    const value = readers[key](search.get(key)?.slice(0, 100) ?? '');
    if (value !== undefined) state[key] = value;
  }
  return state;
}
