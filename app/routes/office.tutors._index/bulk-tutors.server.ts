import type { ActionFunctionArgs } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { archiveRecord, restoreRecord } from '#app/domain/people/archive-record.server.ts';
import { namesOfTutors } from '#app/domain/people/list-tutors.server.ts';
import { setTutorStatus } from '#app/domain/people/set-tutor-status.server.ts';
import { isTutorStatus, tutorStatusNames } from '#app/domain/people/tutor-status.ts';
import { bulkTag, doToEach, readBulkForm } from '../record-forms/bulk-action.server.ts';
import type { BulkOutcome } from '../record-forms/bulk-outcome.ts';

/** What is done to the tutors that are ticked in the list. */
export async function bulkTutors(args: ActionFunctionArgs): Promise<BulkOutcome | { message: string }> {
  const user = await authorize(args, 'people.write');
  const { context } = args;
  const { db } = context;
  const actor = actorOf(user, context);
  const bulk = readBulkForm(await args.request.formData());
  const { ids, to } = bulk;
  if (ids.length === 0) return { message: 'Tick at least one tutor.' };
  const tagged = await bulkTag(context, actor, 'tutor', bulk);
  if (tagged) return tagged;
  const names = await namesOfTutors(db, ids);
  if (to === 'archive') return doToEach(ids, 'archived', names, (id) => archiveRecord(db, context, actor, { kind: 'tutor', id }));
  if (to === 'restore')
    return doToEach(ids, 'brought back', names, (id) => restoreRecord(db, context, actor, { kind: 'tutor', id }));
  const status = to.replace(/^status:/, '');
  if (!isTutorStatus(status)) return { message: 'Choose what to do with them.' };
  return doToEach(ids, `now ${tutorStatusNames[status].toLowerCase()}`, names, (id) =>
    setTutorStatus(db, context, actor, { ids: [id], status }),
  );
}
