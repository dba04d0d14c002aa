import { type AppLoadContext, data, redirect } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { addClosures } from '#app/domain/scheduling/add-closures.server.ts';
import { closureSchema, fileEntrySchema } from '#app/domain/scheduling/closure.schema.ts';
import { type ClosureFile, readClosureFile } from '#app/domain/scheduling/closure-file.ts';
import { listKnownEntries } from '#app/domain/scheduling/closure-queries.server.ts';
import { removeClosure } from '#app/domain/scheduling/remove-closure.server.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { daysName } from '../availability-pages/local-days.ts';

const here = '/office/settings/closures';

export interface FilePreview {
  entries: { value: string; name: string; days: string; known: boolean }[];
  skipped: { name: string; why: string }[];
  programId: string;
}

/** What an upload answers: the days to choose from, or why there are none. */
export interface FileAnswer {
  preview: FilePreview | null;
  fileErrors: Record<string, string>;
  fileValues: { calendar: string; from: string; to: string; programId: string };
}

interface Acting {
  context: AppLoadContext;
  actor: Actor;
  locale: string;
}

/** Add one, take one away, look into a file, take over what was chosen of it. */
export async function actOnClosures({ context, actor, locale }: Acting, form: FormData) {
  const intent = form.get('intent');
  if (intent === 'remove') {
    const id = String(form.get('id'));
    if (isId(id)) await removeClosure(context.db, context, actor, id);
    return redirect(`${here}?year=${yearOf(form.get('year'))}`);
  }
  if (intent === 'read-file') return readFile(context, locale, form);
  if (intent === 'take-over') return takeOver(context, actor, form);
  const read = readRecord(closureSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  const { programId, ...closure } = read.value;
  try {
    await addClosures(context.db, context, actor, { programId, closures: [closure] });
    return redirect(`${here}?year=${closure.startsOn.slice(0, 4)}&added=1`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const yearOf = (value: FormDataEntryValue | null) => (/^\d{4}$/.test(String(value)) ? String(value) : '');

async function readFile(context: AppLoadContext, locale: string, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const [calendar, from, to, programId] = [text('calendar'), text('from'), text('to'), text('programId')];
  const fileErrors: Record<string, string> = {};
  if (calendar === '') fileErrors.calendar = 'Choose a calendar file, or paste what is in it';
  if (!isLocalDate(from)) fileErrors.from = 'Enter a day';
  if (!isLocalDate(to)) fileErrors.to = 'Enter a day';
  else if (to < from) fileErrors.to = 'The last day can’t be before the first';
  const file: ClosureFile | undefined =
    Object.keys(fileErrors).length === 0 ? readClosureFile(calendar, { from, to }) : undefined;
  if (file && !file.ok) fileErrors.calendar = file.why;
  const answer = (preview: FilePreview | null, status: number) =>
    // What is no calendar need not be shown again.
    data<FileAnswer>({ preview, fileErrors, fileValues: { calendar: '', from, to, programId } }, { status });
  if (!file?.ok) return answer(null, 400);
  const known = new Set(
    await listKnownEntries(
      context.db,
      file.entries.map(({ uid }) => uid),
    ),
  );
  const entries = file.entries.map((entry) => ({
    value: JSON.stringify(entry),
    name: entry.name,
    days: daysName(entry.startsOn, entry.endsOn, locale),
    known: known.has(entry.uid),
  }));
  return answer({ entries, skipped: file.skipped, programId }, 200);
}

async function takeOver(context: AppLoadContext, actor: Actor, form: FormData) {
  const closures = form.getAll('entry').flatMap((value) => {
    const read = fileEntrySchema.safeParse(parsed(String(value)));
    return read.success ? [read.data] : [];
  });
  const programId = String(form.get('programId') ?? '');
  try {
    const added = await addClosures(context.db, context, actor, { programId: isId(programId) ? programId : null, closures });
    const year = closures[0]?.startsOn.slice(0, 4);
    return redirect(`${here}?${new URLSearchParams({ ...(year ? { year } : {}), imported: String(added) })}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
