import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type { DatedSpan } from './week-plan.ts';

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
