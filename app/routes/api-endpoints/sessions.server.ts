import { z } from 'zod';
import { type ApiCaller, keyMay } from '#app/auth/api-scopes.ts';
import { findSessionRead, listSessionReads, type SessionRead } from '#app/domain/api/session-reads.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { listSlots, type Slot } from '#app/domain/scheduling/list-slots.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { cursorOf, isId, isInstant, pageOf, readCursor } from './cursor.ts';
import { problemRead } from './domain-problem.ts';
import * as inputs from './inputs.ts';
import { refuseMissing } from './missing.ts';
import { type Call, operation } from './operation.ts';
import { CallRefused } from './problem.ts';
import * as schemas from './schemas.ts';

const noQuery = z.strictObject({});

function viewSession(
  { plan, custom, closeOut, startsAt, endsAt, createdAt, updatedAt, ...read }: SessionRead,
  caller: ApiCaller,
) {
  const { privateNote, ...told } = closeOut ?? {};
  const notes = keyMay(caller, 'notes:read');
  return {
    ...read,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    closeOut: closeOut && {
      ...told,
      actualStartsAt: new Date(closeOut.actualStartsAt).toISOString(),
      ...(notes ? { privateNote } : {}),
    },
    ...(notes ? { plan, custom } : {}),
  };
}

async function read({ db, caller }: Pick<Call<unknown, unknown>, 'db' | 'caller'>, id: string) {
  return viewSession((await findSessionRead(db, id)) ?? refuseMissing(), caller);
}

const viewSlot = (slot: Slot) => ({ ...slot, startsAt: slot.startsAt.toISOString(), endsAt: slot.endsAt.toISOString() });

const date = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

function wrong(field: string, message: string): CallRefused {
  return new CallRefused({ status: 400, code: 'invalid_value', detail: message, errors: [{ field, message }] });
}

export const sessions = [
  operation({
    id: 'listSlots',
    method: 'GET',
    path: '/slots',
    tag: 'Slots',
    summary: 'List free slots',
    description:
      'Starts at which a session can be booked without a word against it: the same that POST /sessions checks, by one function.',
    scope: 'slots:read',
    query: inputs.slotQuery,
    answer: schemas.slots,
    status: 200,
    async run({ db, context, query }) {
      if (query.toDate <= query.fromDate || query.toDate > addDays(query.fromDate, 31))
        throw wrong('toDate', 'Give a day after fromDate, at most 31 days on.');
      const [after, afterTutor] =
        query.cursor === undefined
          ? []
          : readCursor('slots', query.cursor, ([at, id, ...rest]) => isInstant(at) && isId(id) && rest.length === 0);
      const found = await listSlots(db, context, {
        programId: query.programId,
        durationMinutes: query.durationMinutes,
        fromDate: query.fromDate,
        toDate: query.toDate,
        mode: query.mode,
        ...(query.tutorId ? { tutorIds: [query.tutorId] } : {}),
        ...(query.subjectId ? { subjectId: query.subjectId } : {}),
        ...(query.studentId ? { studentIds: [query.studentId] } : {}),
        ...(query.roomId ? { roomId: query.roomId } : {}),
        placeId: query.placeId ?? null,
        by: 'api',
      });
      const key = (slot: Slot) => `${slot.startsAt.toISOString()} ${slot.tutorId}`;
      const rows = found
        .sort((a, b) => (key(a) < key(b) ? -1 : 1))
        .filter((slot) => after === undefined || key(slot) > `${after} ${afterTutor}`);
      return pageOf(rows, query.limit, viewSlot, (last) => cursorOf('slots', [last.startsAt.toISOString(), last.tutorId]));
    },
  }),
  operation({
    id: 'listSessions',
    method: 'GET',
    path: '/sessions',
    tag: 'Sessions',
    summary: 'List sessions',
    description: 'By their start.',
    scope: 'sessions:read',
    query: inputs.sessionQuery,
    answer: schemas.sessions,
    status: 200,
    async run({ db, caller, query }) {
      const [startsAt, id] =
        query.cursor === undefined
          ? []
          : readCursor('sessions', query.cursor, ([at, last, ...rest]) => isInstant(at) && isId(last) && rest.length === 0);
      const rows = await listSessionReads(db, {
        filter: {
          from: date(query.from),
          to: date(query.to),
          tutorId: query.tutorId,
          studentIds: query.studentId ? [query.studentId] : undefined,
          programId: query.programId,
          statuses: query.status ? [query.status] : undefined,
        },
        updatedSince: date(query.updatedSince),
        after: startsAt && id ? { startsAt: new Date(startsAt), id } : undefined,
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (row) => viewSession(row, caller),
        (last) => cursorOf('sessions', [last.startsAt.toISOString(), last.id]),
      );
    },
  }),
  operation({
    id: 'getSession',
    method: 'GET',
    path: '/sessions/{id}',
    tag: 'Sessions',
    summary: 'Get a session',
    scope: 'sessions:read',
    query: noQuery,
    answer: schemas.session,
    status: 200,
    run: (call) => read(call, call.id),
  }),
  operation({
    id: 'createSession',
    method: 'POST',
    path: '/sessions',
    tag: 'Sessions',
    summary: 'Book a session',
    description:
      'Checked as the office’s own booking: clashes of tutor, room and travel are refused, everything outside the usual hours and limits is booked with a warning. Tutor and families are told by mail.',
    scope: 'sessions:write',
    query: noQuery,
    body: inputs.createSession,
    answer: schemas.bookedSession,
    status: 201,
    location: ({ id }) => `/api/v1/sessions/${id}`,
    async run(call) {
      const { sessionId, warnings } = await bookSession(call.db, call.context, call.actor, { ...call.body, by: 'api' });
      return { ...(await read(call, sessionId)), warnings: warnings.map(problemRead) };
    },
  }),
  operation({
    id: 'moveSession',
    method: 'POST',
    path: '/sessions/{id}/move',
    tag: 'Sessions',
    summary: 'Move a session',
    description: 'To another time, length, tutor, room or place. It keeps its id.',
    scope: 'sessions:write',
    query: noQuery,
    body: inputs.moveSession,
    answer: schemas.session,
    status: 200,
    async run(call) {
      await rescheduleSession(call.db, call.context, call.actor, { ...call.body, sessionId: call.id, by: 'api' });
      return read(call, call.id);
    },
  }),
  operation({
    id: 'cancelSession',
    method: 'POST',
    path: '/sessions/{id}/cancel',
    tag: 'Sessions',
    summary: 'Cancel a session',
    description:
      'All of it, or some students’ places. Whether it is late, and what is charged, follows from who cancels and when.',
    scope: 'sessions:write',
    query: noQuery,
    body: inputs.cancelSession,
    answer: schemas.session,
    status: 200,
    async run(call) {
      await cancelSession(call.db, call.context, call.actor, { ...call.body, sessionId: call.id });
      return read(call, call.id);
    },
  }),
  operation({
    id: 'closeOutSession',
    method: 'POST',
    path: '/sessions/{id}/close-out',
    tag: 'Sessions',
    summary: 'Close a session out',
    description: 'Says what took place. Until the session is on an invoice or in a pay run, saying it again replaces it.',
    scope: 'closeouts:write',
    query: noQuery,
    body: inputs.closeOutSession,
    answer: schemas.session,
    status: 200,
    async run(call) {
      const planned = (await findSessionRead(call.db, call.id)) ?? refuseMissing();
      await submitCloseOut(
        call.db,
        call.context,
        call.actor,
        {
          ...call.body,
          sessionId: call.id,
          actualWallStart: call.body.actualWallStart ?? planned.wallStart,
          actualMinutes: call.body.actualMinutes ?? planned.durationMinutes,
        },
        { office: true },
      );
      return read(call, call.id);
    },
  }),
];
