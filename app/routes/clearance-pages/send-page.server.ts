import { randomUUID } from 'node:crypto';
import { type AppLoadContext, redirect } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { addClearance } from '#app/domain/clearances/add-clearance.server.ts';
import { newClearanceSchema } from '#app/domain/clearances/clearance.schema.ts';
import { listTutorClearances } from '#app/domain/clearances/queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken } from '#app/domain/people/people-rules.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { uploadedFile } from '../person-pages/uploaded-file.server.ts';

/** The company's day. */
export async function todayOf({ db, clock }: Pick<AppLoadContext, 'db' | 'clock'>): Promise<string> {
  return localDateOf(clock(), (await getOrganisation(db)).timezone);
}

/** What the pages with a tutor's clearances show: how they stand, and what the form needs. */
export async function loadKinds(context: AppLoadContext, tutorId: string, request: Request) {
  const today = await todayOf(context);
  const [kinds, rules] = await Promise.all([listTutorClearances(context.db, tutorId, today), getPeopleRules(context.db)]);
  const asked = new URL(request.url).searchParams.get('type') ?? '';
  const types = kinds.filter(({ type }) => type.archivedAt === null).map(({ type: { id, name } }) => ({ id, name }));
  return {
    today,
    kinds,
    types,
    typeId: types.some(({ id }) => id === asked) ? asked : types.length === 1 ? (types[0]?.id ?? '') : '',
    taken: fileTypesTaken(rules),
    formId: randomUUID(),
  };
}

/** The form that sends one in; then back to `path`. */
export async function sendClearance(
  context: AppLoadContext,
  actor: Actor,
  form: FormData,
  { tutorId, by, path }: { tutorId: string; by: 'office' | 'tutor'; path: string },
) {
  const read = readRecord(newClearanceSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    const file = await uploadedFile(form, 'file');
    await addClearance(context.db, context, actor, { ...read.value, tutorId, by, file });
    return redirect(path);
  } catch (error) {
    return refusedRecord(error, form);
  }
}
