import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { setTags, type Tagged } from './set-tags.server.ts';

interface Changes {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Makes these the tags, as part of saving a record: what the log says of it. Undefined names leave them as they are. */
export async function retag(
  trx: Transaction<DB>,
  about: Tagged,
  names: readonly string[] | undefined,
): Promise<Changes | undefined> {
  if (names === undefined) return undefined;
  const { added, removed } = await setTags(trx, about, names);
  return added.length + removed.length === 0 ? undefined : { before: { tags: removed }, after: { tags: added } };
}

/** One line of the log for both; undefined where nothing changed at all. */
export function bothChanges(one: Changes | undefined, other: Changes | undefined): Changes | undefined {
  if (!one || !other) return one ?? other;
  return { before: { ...one.before, ...other.before }, after: { ...one.after, ...other.after } };
}
