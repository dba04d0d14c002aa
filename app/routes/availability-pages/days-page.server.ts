import { randomUUID } from 'node:crypto';
import { data, redirect } from '@remix-run/node';
import { isId } from '#app/domain/is-id.ts';
import { addAvailabilityException } from '#app/domain/scheduling/add-availability-exception.server.ts';
import { addExceptionSchema } from '#app/domain/scheduling/availability.schema.ts';
import { listExceptions } from '#app/domain/scheduling/availability-queries.server.ts';
import { listClosures } from '#app/domain/scheduling/closure-queries.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { removeAvailabilityException } from '#app/domain/scheduling/remove-availability-exception.server.ts';
import { addDays, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { DAY_MINUTES } from '#app/domain/scheduling/week-plan.ts';
import { spanOfTimes } from '#app/domain/scheduling/week-rows.ts';
import { cityOf } from '#app/ui/format.ts';
import type { RecordAnswer } from '#app/ui/record-answer.ts';
import { refusedAction, refusedRecord } from '#app/ui/record-form.server.ts';
import { timeText } from '#app/ui/session-when.ts';
import { dayName, daysName } from './local-days.ts';
import { timeOfDay } from './time-of-day.ts';
import type { AvailabilityPage } from './whose-hours.server.ts';

export async function loadDays({ whose, reader, context }: AvailabilityPage, request: Request) {
  const { tutor } = whose;
  const today = localDateOf(reader.now, tutor.zone);
  const [exceptions, closures] = await Promise.all([
    listExceptions(context.db, tutor.id, today),
    listClosures(context.db, { from: today, to: addDays(today, 366) }),
  ]);
  const last = exceptions.at(-1)?.localDate ?? today;
  const sessions = await listSessions(context.db, {
    tutorId: tutor.id,
    endsAfter: startOfDay(today, tutor.zone),
    to: startOfDay(addDays(last, 1), tutor.zone),
    statuses: ['requested', 'scheduled'],
    limit: 1000,
  });
  const hour12 = new Intl.DateTimeFormat(reader.locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
  const base = whose.as === 'office' ? '/office/sessions' : '/tutor/sessions';
  return {
    ...whose,
    zoneName: cityOf(tutor.zone),
    formId: randomUUID(),
    today,
    added: new URL(request.url).searchParams.has('saved'),
    exceptions: exceptions.map((row) => ({
      id: row.id,
      day: dayName(row.localDate, reader.locale),
      open: row.open,
      hours: hoursText(row, hour12),
      note: row.note,
      booked: sessions
        .filter((session) => localDateOf(session.startsAt, tutor.zone) === row.localDate)
        .map((session) => ({
          href: `${base}/${session.id}`,
          text: `${timeText(reader, session.startsAt, tutor.zone)} ${session.title || session.subjectName}`,
        })),
    })),
    closures: closures.map((row) => ({
      id: row.id,
      days: daysName(row.startsOn, row.endsOn, reader.locale),
      name: row.name,
      program: row.programName,
    })),
  };
}
export type DaysData = Awaited<ReturnType<typeof loadDays>>;

function hoursText({ startMinute, endMinute }: { startMinute: number; endMinute: number }, hour12: boolean): string {
  if (startMinute === 0 && endMinute === DAY_MINUTES) return 'All day';
  const next = endMinute > DAY_MINUTES ? ' (on the next day)' : '';
  return `${timeOfDay(startMinute, hour12)} – ${timeOfDay(endMinute, hour12)}${next}`;
}

export async function saveDay({ whose, context, actor }: AvailabilityPage, request: Request) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const there = `${whose.base}/days`;
  if (text('intent') === 'remove') {
    try {
      if (isId(text('id')))
        await removeAvailabilityException(context.db, context, actor, { tutorId: whose.tutor.id, id: text('id') });
      return redirect(there);
    } catch (error) {
      return refusedAction(error);
    }
  }
  const open = text('kind') === 'open';
  const span = spanOfTimes(text('fromTime'), text('toTime'));
  const refuse = (errors: RecordAnswer['errors']) => {
    const values = Object.fromEntries([...form].map(([name, value]) => [name, [String(value)]]));
    return data<RecordAnswer>({ errors, values }, { status: 400 });
  };
  if (span && 'error' in span) return refuse({ [`${span.error.at}Time`]: span.error.message });
  if (!span && open) return refuse({ fromTime: 'Enter from when to when you are free' });
  const read = addExceptionSchema.safeParse({
    id: text('id'),
    tutorId: whose.tutor.id,
    localDate: text('localDate'),
    open,
    ...(span ?? { startMinute: 0, endMinute: DAY_MINUTES }),
    note: text('note'),
  });
  if (!read.success) return refuse(Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0]), issue.message])));
  try {
    await addAvailabilityException(context.db, context, actor, read.data);
    return redirect(`${there}?saved=1`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}
