import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { BookSessionInput } from './session.schema.ts';
import type { PlacePoint } from './travel.ts';
import { addMinutes, localDateOf, wallToInstant } from './wall-time.ts';

/** What a booking names, read once. */
export interface BookingFacts {
  organisation: Organisation;
  tutor: {
    id: string;
    name: string;
    bufferMinutes: number;
    email: string | null;
    personalRoomUrl: string | null;
    subjectIds: string[];
  };
  program: {
    id: string;
    name: string;
    capacity: number;
    chargeBasis: string;
    durations: number[] | null;
    gridMinutes: number | null;
    policyOverrides: unknown;
    meetingInstallId: string | null;
    archived: boolean;
  };
  subject: { id: string; name: string; archived: boolean };
  students: {
    id: string;
    ref: string;
    name: string;
    clientId: string;
    clientRef: string;
    billingInstallId: string;
    archived: boolean;
  }[];
  room: { id: string; name: string; capacity: number | null; archived: boolean } | null;
  /** Where it takes place: the place that was named, else the room's. */
  place: (PlacePoint & { address: string; archived: boolean }) | null;
}

type Named = Pick<BookSessionInput, 'tutorId' | 'programId' | 'subjectId' | 'studentIds'> & {
  roomId?: string | null | undefined;
  placeId?: string | null | undefined;
};

type Student = Omit<BookingFacts['students'][number], 'billingInstallId'> & { billingInstallId: string | null };

interface Found {
  tutor: BookingFacts['tutor'] | null;
  program: BookingFacts['program'] | null;
  subject: BookingFacts['subject'] | null;
  room: BookingFacts['room'];
  place: BookingFacts['place'];
  students: Student[];
}

/** @throws DomainError unknown_reference at the field that names nothing */
export async function loadBookingFacts(db: Kysely<DB>, input: Named): Promise<BookingFacts> {
  const organisation = await getOrganisation(db);
  const { tutor, program, subject, room, place, students } = await find(db, input);
  if (!tutor) throw unknown('tutorId', 'tutor');
  if (!program) throw unknown('programId', 'program');
  if (!subject) throw unknown('subjectId', 'subject');
  if (input.roomId && !room) throw unknown('roomId', 'room');
  if (input.placeId && place?.id !== input.placeId) throw unknown('placeId', 'place');
  if (students.length !== new Set(input.studentIds).size) {
    throw new DomainError('unknown_reference', 'One of these students does not exist.', { field: 'studentIds' });
  }
  return {
    organisation,
    tutor,
    program,
    subject,
    room,
    place,
    students: students.map((student) => {
      const billingInstallId = student.billingInstallId ?? organisation.billingInstallId;
      if (!billingInstallId)
        throw new DomainError('invalid_value', 'The organisation has no billing mode: set one in the settings.', {
          field: 'studentIds',
        });
      return { ...student, billingInstallId };
    }),
  };
}

const unknown = (field: string, word: string) => new DomainError('unknown_reference', `This ${word} does not exist.`, { field });

/** In one statement, since every booking asks. */
async function find(db: Kysely<DB>, input: Named): Promise<Found> {
  const roomId = input.roomId ?? null;
  const { rows } = await sql<Found>`
    SELECT
      (SELECT json_build_object('id', id, 'name', concat_ws(' ', first_name, nullif(last_name, '')), 'bufferMinutes', buffer_minutes,
          'email', email, 'personalRoomUrl', personal_room_url, 'subjectIds', ARRAY(SELECT subject_id FROM tutor_subject WHERE tutor_id = tutor.id))
        FROM tutor WHERE id = ${input.tutorId}) AS tutor,
      (SELECT json_build_object('id', id, 'name', name, 'capacity', capacity, 'chargeBasis', charge_basis, 'durations', durations,
          'gridMinutes', grid_minutes, 'policyOverrides', policy_overrides, 'meetingInstallId', meeting_install_id,
          'archived', archived_at IS NOT NULL)
        FROM program WHERE id = ${input.programId}) AS program,
      (SELECT json_build_object('id', id, 'name', name, 'archived', archived_at IS NOT NULL)
        FROM subject WHERE id = ${input.subjectId}) AS subject,
      (SELECT json_build_object('id', id, 'name', name, 'capacity', capacity, 'archived', archived_at IS NOT NULL)
        FROM room WHERE id = ${roomId}::uuid) AS room,
      (SELECT json_build_object('id', id, 'name', name, 'address', address, 'latitude', latitude, 'longitude', longitude,
          'archived', archived_at IS NOT NULL)
        FROM place WHERE id = coalesce(${input.placeId ?? null}::uuid, (SELECT place_id FROM room WHERE id = ${roomId}::uuid))) AS place,
      (SELECT coalesce(json_agg(json_build_object('id', s.id, 'ref', s.ref, 'name', concat_ws(' ', s.first_name, nullif(s.last_name, '')),
          'clientId', c.id, 'clientRef', c.ref, 'billingInstallId', c.billing_install_id, 'archived', s.archived_at IS NOT NULL)
          ORDER BY s.ref COLLATE "C"), '[]')
        FROM student s JOIN client c ON c.id = s.client_id WHERE s.id = ANY(${[...input.studentIds]}::uuid[])) AS students
  `.execute(db);
  return rows[0] as Found;
}

export interface PlannedTime {
  startsAt: Date;
  endsAt: Date;
  /** The start date in the organisation's zone. */
  localDate: string;
  zone: string;
}

const LONGEST_MINUTES = 1440;

/**
 * The instants a wall time means; undefined when a clock change skips it. Calendars are read for as long as it lasts, so no
 * other length than one a session can have gets further.
 * @throws DomainError invalid_value at durationMinutes
 */
export function planTime(
  input: { wallStart: string; zone?: string | undefined; durationMinutes: number; startNow?: Date | undefined },
  organisation: Organisation,
): PlannedTime | undefined {
  const { durationMinutes } = input;
  if (!Number.isInteger(durationMinutes) || durationMinutes < 1 || durationMinutes > LONGEST_MINUTES)
    throw new DomainError('invalid_value', 'A session lasts whole minutes, a day at most.', { field: 'durationMinutes' });
  const zone = input.zone ?? organisation.timezone;
  // In the hour that a clock change repeats the wall time alone would mean an hour ago.
  const startsAt = input.startNow ?? wallToInstant(input.wallStart, zone);
  if (!startsAt) return undefined;
  return {
    startsAt,
    endsAt: addMinutes(startsAt, input.durationMinutes),
    localDate: localDateOf(startsAt, organisation.timezone),
    zone,
  };
}

/** What is written of where a session is, where nothing else was typed: the room and the place, as people call them. */
export function locationOf({ room, place }: Pick<BookingFacts, 'room' | 'place'>): string {
  return [room?.name, place?.name, place?.address].filter(Boolean).join(', ').slice(0, 500);
}
