import { randomUUID } from 'node:crypto';
import { redirect } from '@remix-run/node';
import { isId } from '#app/domain/is-id.ts';
import { timeOffSchema } from '#app/domain/scheduling/availability.schema.ts';
import { requestTimeOff } from '#app/domain/scheduling/request-time-off.server.ts';
import { listTimeOff } from '#app/domain/scheduling/time-off-queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { withdrawTimeOff } from '#app/domain/scheduling/withdraw-time-off.server.ts';
import { cityOf } from '#app/ui/format.ts';
import { readRecord, refusedAction, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { viewTimeOff } from './time-off-view.ts';
import type { AvailabilityPage } from './whose-hours.server.ts';

const PAST_DAYS = 365;

export async function loadTimeOff({ whose, reader, context }: AvailabilityPage, request: Request) {
  const { tutor } = whose;
  const base = whose.as === 'office' ? '/office/sessions' : '/tutor/sessions';
  const today = localDateOf(reader.now, tutor.zone);
  const [ahead, past] = await Promise.all([
    listTimeOff(context.db, { tutorId: tutor.id, endsAfter: reader.now }),
    listTimeOff(context.db, { tutorId: tutor.id, endsBefore: reader.now, order: 'desc', limit: 20 }),
  ]);
  // Times are said in the tutor's zone, whoever reads.
  const there = { ...reader, zone: tutor.zone };
  return {
    ...whose,
    zoneName: cityOf(tutor.zone),
    formId: randomUUID(),
    today,
    earliest: addDays(today, whose.as === 'office' ? -PAST_DAYS : 0),
    ahead: ahead.map((row) => viewTimeOff(row, there, base)),
    past: past.map((row) => viewTimeOff(row, there, base)),
    saved: new URL(request.url).searchParams.has('saved'),
  };
}
export type TimeOffData = Awaited<ReturnType<typeof loadTimeOff>>;

export async function saveTimeOff({ whose, context, actor }: AvailabilityPage, request: Request) {
  const form = await request.formData();
  const there = `${whose.base}/time-off`;
  const tutorId = whose.tutor.id;
  const id = String(form.get('id') ?? '');
  if (form.get('intent') === 'withdraw') {
    try {
      if (isId(id)) await withdrawTimeOff(context.db, context, actor, { tutorId, id });
      return redirect(there);
    } catch (error) {
      return refusedAction(error);
    }
  }
  const read = readRecord(timeOffSchema, form, { shape: (input) => ({ ...input, tutorId }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await requestTimeOff(context.db, context, actor, read.value, whose.as);
    return redirect(`${there}?saved=1`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}
