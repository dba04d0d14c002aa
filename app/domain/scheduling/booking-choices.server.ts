import { type Kysely, sql } from 'kysely';
import { BOOKABLE } from '#app/domain/people/choice-queries.server.ts';
import { listWhereChoices, type PlaceChoice, type RoomChoice } from '#app/domain/places/queries.server.ts';
import type { DB } from '#db/types.ts';

export interface BookingChoices {
  places: PlaceChoice[];
  rooms: RoomChoice[];
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
  students: { id: string; name: string; clientId: string; clientName: string }[];
}

/** Everything a booking can be made of: what is active, by name, and with whom and where it is already. */
export async function listBookingChoices(
  db: Kysely<DB>,
  chosen: { tutorId?: string | null; placeId?: string | null; roomId?: string | null } = {},
): Promise<BookingChoices> {
  const [programs, subjects, tutors, students, where] = await Promise.all([
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
      .where((eb) => eb.or([BOOKABLE, ...(chosen.tutorId ? [eb('id', '=', chosen.tutorId)] : [])]))
      .orderBy('name')
      .execute(),
    db
      .selectFrom('student')
      .innerJoin('client', 'client.id', 'student.clientId')
      .select([
        'student.id',
        'student.clientId',
        'client.name as clientName',
        sql<string>`trim(first_name || ' ' || last_name)`.as('name'),
      ])
      .where('student.archivedAt', 'is', null)
      .orderBy('name')
      .execute(),
    listWhereChoices(db, chosen),
  ]);
  return { programs, subjects, tutors, students, ...where };
}
