import type { Kysely } from 'kysely';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';
import { bookingIdOf } from './hold-token.server.ts';

export interface Booked {
  kind: 'session' | 'request';
  id: string;
  tutorName: string;
  subjectName: string;
  programName: string;
  mode: 'online' | 'in_person';
  startsAt: Date;
  endsAt: Date;
}

/** What a guest's token has become: for the page of thanks, and for whoever sends the same form again. Nobody's name but the tutor's. */
export async function findBooked(db: Kysely<DB>, token: string): Promise<Booked | undefined> {
  const id = bookingIdOf(token);
  return (await findBookedSession(db, id)) ?? (await findRequest(db, id));
}

export async function findBookedSession(db: Kysely<DB>, id: string): Promise<Booked | undefined> {
  const session = await db
    .selectFrom('session')
    .innerJoin('tutor', 'tutor.id', 'session.tutorId')
    .innerJoin('subject', 'subject.id', 'session.subjectId')
    .innerJoin('program', 'program.id', 'session.programId')
    .select(['session.startsAt', 'session.endsAt', 'session.mode', 'tutor.firstName', 'tutor.lastName'])
    .select(['subject.name as subjectName', 'program.name as programName'])
    .where('session.id', '=', id)
    .executeTakeFirst();
  return session && view('session', id, session);
}

async function findRequest(db: Kysely<DB>, id: string): Promise<Booked | undefined> {
  const request = await db
    .selectFrom('bookingRequest')
    .innerJoin('tutor', 'tutor.id', 'bookingRequest.tutorId')
    .innerJoin('subject', 'subject.id', 'bookingRequest.subjectId')
    .innerJoin('program', 'program.id', 'bookingRequest.programId')
    .select([
      'bookingRequest.startsAt',
      'bookingRequest.durationMinutes',
      'bookingRequest.mode',
      'tutor.firstName',
      'tutor.lastName',
    ])
    .select(['subject.name as subjectName', 'program.name as programName'])
    .where('bookingRequest.id', '=', id)
    .executeTakeFirst();
  if (!request?.startsAt || !request.durationMinutes) return undefined;
  const endsAt = new Date(request.startsAt.getTime() + request.durationMinutes * 60_000);
  return view('request', id, { ...request, startsAt: request.startsAt, endsAt });
}

function view(
  kind: Booked['kind'],
  id: string,
  row: Pick<Booked, 'subjectName' | 'programName' | 'startsAt' | 'endsAt'> & {
    firstName: string;
    lastName: string;
    mode: string | null;
  },
): Booked {
  const { subjectName, programName, startsAt, endsAt } = row;
  const mode = row.mode === 'in_person' ? 'in_person' : 'online';
  return { kind, id, subjectName, programName, startsAt, endsAt, mode, tutorName: fullName(row) };
}
