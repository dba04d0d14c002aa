import { data } from '@remix-run/node';
import type { z } from 'zod';
import { isDomainError } from '#app/domain/errors.ts';
import { languageText } from '#app/domain/people/languages.ts';
import type { Duplicates } from '#app/domain/requests/find-duplicates.server.ts';
import type { RequestDetail } from '#app/domain/requests/queries.server.ts';
import { readRows } from '#app/domain/scheduling/week-rows.ts';
import { asFormValues, type FormValues, type RecordAnswer } from '#app/ui/record-answer.ts';
import { type Read, readRecord, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { rowsOfForm, rowsOfTimes } from './read-times.ts';

export type RequestAnswer = RecordAnswer & { duplicates?: Duplicates };

type Input = Record<string, unknown>;

/** Reads a request's form: its lines of times become spans, and what can't be read of them is said at the line. */
export function readRequest<T>(schema: z.ZodType<T>, form: FormData, shape: (input: Input) => Input): Read<T> {
  const rows = rowsOfForm((name) => form.getAll(name).map(String));
  const { errors } = readRows(rows);
  const times = rows.flatMap((row) => readRows([row]).spans.map((span) => ({ ...span, wished: row.wished ?? false })));
  const read = readRecord(schema, form, { shape: (input) => shape({ ...input, times }) });
  if (read.ok && Object.keys(errors).length === 0) return read;
  const said = read.ok ? { errors: {}, values: typedValues(form) } : read.answer;
  const plain = Object.fromEntries(Object.entries(said.errors).map(([name, text]) => [name.replace(/^for\./, ''), text]));
  return { ok: false, answer: { ...said, errors: { ...plain, ...errors } } };
}

/** As `refusedRecord`; a likely duplicate with what it would be a second one of. */
export async function refusedRequest(error: unknown, form: FormData, saved?: () => Promise<FormValues>) {
  const refused = await refusedRecord(error, form, saved);
  const answer: RequestAnswer = refused.data;
  if (isDomainError(error, 'duplicate_reference')) answer.duplicates = error.details as Duplicates;
  return data(answer, refused.init ?? {});
}

/** A request as its form shows it. */
export function requestFormValues(request: RequestDetail, tags: readonly string[]): FormValues {
  const { subjectId, programId, levelId, mode, placeId, location, sessionMinutes, sessionsPerWeek, zone } = request;
  const { startsOn, endsOn, urgency, wishGender, wishTutorId, wishes, assigneeId } = request;
  return {
    ...asFormValues({ subjectId, programId, levelId, mode, placeId, location, sessionMinutes, sessionsPerWeek, zone }),
    ...asFormValues({ startsOn, endsOn, urgency, wishGender, wishTutorId, wishes, assigneeId }),
    wishLanguages: [request.wishLanguages.map(languageText).join(', ')],
    tags: [tags.join(', ')],
  };
}

/** The lines of times as the page begins with them. */
export const requestRows = (request: RequestDetail) => rowsOfTimes(request.times);
