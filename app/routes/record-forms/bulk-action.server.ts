import type { DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { type PersonKind, tagPeople } from '#app/domain/people/tag-people.server.ts';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import type { BulkOutcome } from './bulk-outcome.ts';

/** As many as a page of a list shows, and some. */
const MOST = 200;

export interface BulkForm {
  ids: string[];
  /** What to do, as the list of the form says it: `archive`, `status:left`. */
  to: string;
  /** Of "Add a tag" and "Take a tag away". */
  tag: string;
}

export function readBulkForm(form: FormData): BulkForm {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const ids = form.getAll('chosen').filter((id): id is string => typeof id === 'string' && /^[\da-f-]{36}$/i.test(id));
  return { ids: [...new Set(ids)].slice(0, MOST), to: text('to'), tag: text('tag') };
}

/** Does it to one after the other, each in a transaction of its own; says who was left out, and why. */
export async function doToEach(
  ids: readonly string[],
  what: string,
  names: ReadonlyMap<string, string>,
  work: (id: string) => Promise<unknown>,
): Promise<BulkOutcome> {
  const refused: BulkOutcome['refused'] = [];
  for (const id of ids) {
    try {
      await work(id);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      refused.push({ id, name: names.get(id) ?? 'Somebody', message: error.message });
    }
  }
  return { what, done: ids.length - refused.length, refused };
}

/** "Add a tag" and "Take a tag away", of any list of people. Undefined: it was something else. */
export async function bulkTag(
  context: DomainContext & { db: Parameters<typeof tagPeople>[0] },
  actor: Parameters<typeof tagPeople>[2],
  kind: PersonKind,
  { ids, to, tag }: BulkForm,
): Promise<BulkOutcome | { message: string } | undefined> {
  if (to !== 'tag' && to !== 'untag') return undefined;
  const names = tagNames.safeParse(tag);
  if (!names.success || names.data.length === 0)
    return { message: names.error?.issues[0]?.message ?? 'Type the tag into the field beside it.' };
  await tagPeople(context.db, context, actor, { kind, ids, names: names.data, away: to === 'untag' });
  return { what: to === 'tag' ? 'tagged' : 'without the tag', done: ids.length, refused: [] };
}
