import type { ActionFunctionArgs } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { archiveRecord, restoreRecord } from '#app/domain/people/archive-record.server.ts';
import { CLIENT_STATUSES, clientStatusNames } from '#app/domain/people/people-filter.ts';
import { namesOfPeople } from '#app/domain/people/people-narrowing.server.ts';
import { setClientStatus } from '#app/domain/people/set-client-status.server.ts';
import { bulkTag, doToEach, readBulkForm } from './bulk-action.server.ts';
import type { BulkOutcome } from './bulk-outcome.ts';

/** What is done to the clients or students that are ticked in their list. */
export async function bulkPeople(
  args: ActionFunctionArgs,
  kind: 'client' | 'student',
): Promise<BulkOutcome | { message: string }> {
  const user = await authorize(args, 'people.write');
  const { context } = args;
  const { db } = context;
  const actor = actorOf(user, context);
  const bulk = readBulkForm(await args.request.formData());
  const { ids, to } = bulk;
  if (ids.length === 0) return { message: `Tick at least one ${kind}.` };
  const tagged = await bulkTag(context, actor, kind, bulk);
  if (tagged) return tagged;
  const names = await namesOfPeople(db, kind, ids);
  if (to === 'archive') return doToEach(ids, 'archived', names, (id) => archiveRecord(db, context, actor, { kind, id }));
  if (to === 'restore') return doToEach(ids, 'brought back', names, (id) => restoreRecord(db, context, actor, { kind, id }));
  const status = CLIENT_STATUSES.find((one) => to === `status:${one}`);
  if (kind !== 'client' || !status) return { message: 'Choose what to do with them.' };
  const what = `now ${clientStatusNames[status].toLowerCase()}`;
  return doToEach(ids, what, names, (id) => setClientStatus(db, context, actor, { id, status }));
}
