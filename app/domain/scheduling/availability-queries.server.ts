import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { localDateOf } from './wall-time.ts';
import { type DatedSpan, planOn, plansFrom, weekMinutes } from './week-plan.ts';

/** A tutor's weekly hours with their dates. */
export async function listRules(db: Kysely<DB>, tutorId: string): Promise<DatedSpan[]> {
  return db
    .selectFrom('availabilityRule')
    .select(['weekday', 'startMinute', 'endMinute', 'validFrom', 'validTo'])
    .where('tutorId', '=', tutorId)
    .orderBy('weekday')
    .orderBy('startMinute')
    .execute();
}

export interface ExceptionRow {
  id: string;
  localDate: string;
  open: boolean;
  startMinute: number;
  endMinute: number;
  note: string;
}

/** The single days that differ, from a day on. */
export async function listExceptions(db: Kysely<DB>, tutorId: string, from: string): Promise<ExceptionRow[]> {
  return db
    .selectFrom('availabilityException')
    .select(['id', 'localDate', 'open', 'startMinute', 'endMinute', 'note'])
    .where('tutorId', '=', tutorId)
    .where('localDate', '>=', from)
    .orderBy('localDate')
    .orderBy('startMinute')
    .limit(200)
    .execute();
}

export interface HoursSummary {
  isSet: boolean;
  /** Of the hours that hold today. */
  minutesAWeek: number;
  /** The first day of other hours that are planned. */
  changesOn: string | null;
  /** Days that differ, from today on. */
  days: number;
  timeOff: { wallStart: string; status: string } | null;
}

/** A tutor's hours in short, for their page in the office. */
export async function getHoursSummary(
  db: Kysely<DB>,
  { tutorId, zone, now }: { tutorId: string; zone: string; now: Date },
): Promise<HoursSummary> {
  const today = localDateOf(now, zone);
  const [rules, exceptions, timeOff] = await Promise.all([
    listRules(db, tutorId),
    listExceptions(db, tutorId, today),
    db
      .selectFrom('timeOff')
      .select(['wallStart', 'status'])
      .where('tutorId', '=', tutorId)
      .where('status', 'in', ['requested', 'approved'])
      .where('endsAt', '>', now)
      .orderBy('startsAt')
      .limit(1)
      .executeTakeFirst(),
  ]);
  return {
    isSet: rules.length > 0,
    minutesAWeek: weekMinutes(planOn(rules, today)),
    changesOn: plansFrom(rules, today)[1]?.from ?? null,
    days: exceptions.length,
    timeOff: timeOff ?? null,
  };
}
