import { refuse } from './problem.ts';

/** Where a list goes on: the sort keys of the last one shown, in a form that nobody takes for something to build by hand. */
export function cursorOf(list: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');
}

/** The keys in a cursor of this list. Throws invalid_cursor. */
export function readCursor(list: string, cursor: string, fits: (keys: string[]) => boolean): string[] {
  try {
    const [of, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (of === list && keys.every((key) => typeof key === 'string') && fits(keys as string[])) return keys as string[];
  } catch {
    // No JSON either.
  }
  throw refuse(400, 'invalid_cursor', { errors: [{ field: 'cursor', message: 'Take it from `next` of the page before.' }] });
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
export const isId = (text: string | undefined): text is string => text !== undefined && UUID.test(text);
export const isInstant = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));

/** A page of rows of which one more than `limit` was read. */
export function pageOf<Row, Shown>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => Shown,
  cursor: (last: Row) => string,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(show), next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
