import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface BookingChoices {
  programs: {
    id: string;
    name: string;
    kind: string;
    capacity: number;
    /** Null: the organisation's. */
    durations: number[] | null;
    defaultDuration: number | null;
    meetingInstallId: string | null;
  }[];
  subjects: { id: string; name: string }[];
  tutors: { id: string; name: string; subjectIds: string[] }[];
  students: { id: string; name: string; clientName: string }[];
}

/** Everything a booking can be made of: what is active, by name. */
export async function listBookingChoices(db: Kysely<DB>): Promise<BookingChoices> {
  const [programs, subjects, tutors, students] = await Promise.all([
    db
      .selectFrom('program')
      .select(['id', 'name', 'kind', 'capacity', 'durations', 'defaultDuration', 'meetingInstallId'])
      .where('archivedAt', 'is', null)
      .orderBy('name')
      .execute(),
    db.selectFrom('subject').select(['id', 'name']).where('archivedAt', 'is', null).orderBy('name').execute(),
    db
      .selectFrom('tutor')
      .select([
        'id',
        sql<string>`trim(first_name || ' ' || last_name)`.as('name'),
        sql<string[]>`array(select subject_id::text from tutor_subject where tutor_id = tutor.id)`.as('subjectIds'),
      ])
      .where('archivedAt', 'is', null)
      .orderBy('name')
      .execute(),
    db
      .selectFrom('student')
      .innerJoin('client', 'client.id', 'student.clientId')
      .select(['student.id', 'client.name as clientName', sql<string>`trim(first_name || ' ' || last_name)`.as('name')])
      .where('student.archivedAt', 'is', null)
      .orderBy('name')
      .execute(),
  ]);
  return { programs, subjects, tutors, students };
}
