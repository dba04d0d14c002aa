import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findProviderProblem } from '#app/domain/meetings/check-provider.server.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { BookingProblem } from './booking-problem.ts';
import type { BookSessionInput } from './session.schema.ts';
import { addMinutes, localDateOf, wallToInstant } from './wall-time.ts';

/** What a booking names, read once. */
export interface BookingFacts {
  organisation: Organisation;
  tutor: {
    id: string;
    name: string;
    bufferMinutes: number;
    archived: boolean;
    personalRoomUrl: string | null;
    subjectIds: string[];
  };
  program: {
    id: string;
    name: string;
    capacity: number;
    chargeBasis: string;
    durations: number[] | null;
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
}

type Named = Pick<BookSessionInput, 'tutorId' | 'programId' | 'subjectId' | 'studentIds'>;

/** @throws DomainError unknown_reference at the field that names nothing */
export async function loadBookingFacts(db: Kysely<DB>, input: Named): Promise<BookingFacts> {
  const organisation = await getOrganisation(db);
  const tutor = await db
    .selectFrom('tutor')
    .select(['id', 'firstName', 'lastName', 'bufferMinutes', 'archivedAt', 'personalRoomUrl'])
    .select(sql<string[]>`ARRAY(SELECT subject_id::text FROM tutor_subject WHERE tutor_id = tutor.id)`.as('subjectIds'))
    .where('id', '=', input.tutorId)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('unknown_reference', 'This tutor does not exist.', { field: 'tutorId' });
  const program = await db
    .selectFrom('program')
    .select(['id', 'name', 'capacity', 'chargeBasis', 'durations', 'policyOverrides', 'meetingInstallId', 'archivedAt'])
    .where('id', '=', input.programId)
    .executeTakeFirst();
  if (!program) throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  const subject = await db
    .selectFrom('subject')
    .select(['id', 'name', 'archivedAt'])
    .where('id', '=', input.subjectId)
    .executeTakeFirst();
  if (!subject) throw new DomainError('unknown_reference', 'This subject does not exist.', { field: 'subjectId' });
  const students = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select([
      'student.id',
      'student.ref',
      'student.firstName',
      'student.lastName',
      'student.archivedAt',
      'student.clientId',
      'client.ref as clientRef',
      'client.billingInstallId',
    ])
    .where('student.id', '=', sql<string>`ANY(${[...input.studentIds]}::uuid[])`)
    .orderBy(sql`student.ref COLLATE "C"`)
    .execute();
  if (students.length !== new Set(input.studentIds).size) {
    throw new DomainError('unknown_reference', 'One of these students does not exist.', { field: 'studentIds' });
  }
  return {
    organisation,
    tutor: {
      id: tutor.id,
      name: [tutor.firstName, tutor.lastName].filter(Boolean).join(' '),
      bufferMinutes: tutor.bufferMinutes,
      archived: tutor.archivedAt !== null,
      personalRoomUrl: tutor.personalRoomUrl,
      subjectIds: tutor.subjectIds,
    },
    program: { ...program, archived: program.archivedAt !== null },
    subject: { id: subject.id, name: subject.name, archived: subject.archivedAt !== null },
    students: students.map((student) => {
      const billingInstallId = student.billingInstallId ?? organisation.billingInstallId;
      if (!billingInstallId)
        throw new DomainError('invalid_value', 'The organisation has no billing mode: set one in the settings.', {
          field: 'studentIds',
        });
      return {
        id: student.id,
        ref: student.ref,
        name: [student.firstName, student.lastName].filter(Boolean).join(' '),
        clientId: student.clientId,
        clientRef: student.clientRef,
        billingInstallId,
        archived: student.archivedAt !== null,
      };
    }),
  };
}

export interface PlannedTime {
  startsAt: Date;
  endsAt: Date;
  /** The start date in the organisation's zone. */
  localDate: string;
  zone: string;
}

/** The instants a wall time means; undefined when a clock change skips it. */
export function planTime(
  input: { wallStart: string; zone?: string | undefined; durationMinutes: number },
  organisation: Organisation,
): PlannedTime | undefined {
  const zone = input.zone ?? organisation.timezone;
  const startsAt = wallToInstant(input.wallStart, zone);
  if (!startsAt) return undefined;
  return {
    startsAt,
    endsAt: addMinutes(startsAt, input.durationMinutes),
    localDate: localDateOf(startsAt, organisation.timezone),
    zone,
  };
}

/** What is wrong with a plan by itself, before anyone's calendar is asked. */
export function planProblems(
  facts: BookingFacts,
  input: { wallStart: string; durationMinutes: number; studentIds: readonly string[] },
  time: PlannedTime | undefined,
  now: Date,
): BookingProblem[] {
  const problems: BookingProblem[] = [];
  const blocked = (code: BookingProblem['code'], field: string, message: string) =>
    problems.push({ code, severity: 'blocking', field, message });
  const warn = (code: BookingProblem['code'], field: string, message: string) =>
    problems.push({ code, severity: 'warning', field, message });
  const { organisation, program, tutor } = facts;
  if (!time) blocked('nonexistent_time', 'wallStart', 'This time does not exist: the clocks go forward over it.');
  if (minutesOf(input.wallStart) % organisation.gridMinutes !== 0) {
    blocked('off_grid', 'wallStart', `Sessions start every ${organisation.gridMinutes} minutes.`);
  }
  const durations = program.durations ?? organisation.durations;
  if (!durations.includes(input.durationMinutes)) {
    blocked('invalid_value', 'durationMinutes', `Choose one of ${durations.join(', ')} minutes.`);
  }
  if (tutor.archived) blocked('invalid_value', 'tutorId', `${tutor.name} is archived.`);
  if (program.archived) blocked('invalid_value', 'programId', `${program.name} is archived.`);
  if (facts.subject.archived) blocked('invalid_value', 'subjectId', `${facts.subject.name} is archived.`);
  for (const student of facts.students.filter((s) => s.archived))
    blocked('invalid_value', 'studentIds', `${student.name} is archived.`);
  if (input.studentIds.length > program.capacity) {
    const places = program.capacity === 1 ? 'one student' : `${program.capacity} students`;
    blocked('over_capacity', 'studentIds', `${program.name} takes ${places} at most.`);
  }
  if (!tutor.subjectIds.includes(facts.subject.id))
    warn('not_taught', 'subjectId', `${tutor.name} has not been listed for ${facts.subject.name}.`);
  if (time && time.startsAt < now) warn('in_the_past', 'wallStart', 'This is in the past.');
  return problems;
}

const minutesOf = (wall: string) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));

/** The meeting provider of an online session, by what is closest: the booking, the program, the organisation, the first usable one. */
export async function chooseProvider(
  db: Kysely<DB>,
  ctx: DomainContext,
  facts: BookingFacts,
  installId: string | undefined,
): Promise<string | undefined> {
  return (
    installId ??
    facts.program.meetingInstallId ??
    facts.organisation.meetingInstallId ??
    (await ctx.plugins.defaultInstall(db, 'meeting'))?.id
  );
}

/** Why this tutor can't be given a room at this provider, as a problem of the booking. */
export async function providerProblem(
  db: Kysely<DB>,
  ctx: DomainContext,
  installId: string,
  tutor: BookingFacts['tutor'],
): Promise<BookingProblem | undefined> {
  const message = await findProviderProblem(db, ctx, installId, tutor);
  return message === undefined
    ? undefined
    : { code: 'provider_not_connected', severity: 'blocking', field: 'meetingInstallId', message };
}
