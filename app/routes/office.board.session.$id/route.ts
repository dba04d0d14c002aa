import type { LoaderFunctionArgs } from '@remix-run/node';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { whyNotMoved } from '#app/domain/scheduling/open-session.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { outcomeView, statusOfSession } from '#app/ui/session-status.ts';
import { whenOf } from '#app/ui/session-when.ts';
import type { SessionFactsView } from '../office.board._index/answers.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';

/** What the board's drawer shows of a session. */
export async function loader(args: LoaderFunctionArgs) {
  const { session, organisation, reader, context } = await loadOfficeSession(args, 'session.read');
  const { programs } = await listBookingChoices(context.db);
  const outcomes = session.places.map((place) => place.outcome);
  const when = whenOf(reader, session.startsAt, session.endsAt);
  const wall = instantToWall(session.startsAt, organisation.timezone);
  const program = programs.find(({ id }) => id === session.program.id);
  const again = new URLSearchParams([
    ['program', session.program.id],
    ['subject', session.subject.id],
    ['tutor', session.tutor.id],
    ...session.places.map((place): [string, string] => ['student', place.studentId]),
    ['minutes', String(session.durationMinutes)],
    ['mode', session.mode],
    ['location', session.location],
  ]);
  const facts: SessionFactsView = {
    id: session.id,
    ref: session.ref,
    version: session.version,
    title: session.title || session.subject.name,
    when: when.long,
    atOffice: when.atOffice,
    status: statusOfSession(
      {
        status: session.status,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        closeOutStatus: session.closeOut?.status ?? null,
      },
      reader.now,
    ),
    tutor: { id: session.tutor.id, name: session.tutor.name },
    program: session.program.name,
    subject: session.subject.name,
    students: session.places.map((place) => ({
      id: place.studentId,
      name: place.studentName,
      outcome: place.outcome === 'planned' ? '' : outcomeView(place.outcome).label,
    })),
    place: session.mode === 'online' ? 'Online' : session.location || 'In person',
    plan: session.plan,
    flags: [
      ...session.places.flatMap((place) => (place.flag ? [`${place.studentName}: ${place.flag}`] : [])),
      ...(session.meeting?.state === 'failed' ? ['The online room could not be made.'] : []),
    ],
    stuck: whyNotMoved(session.status, outcomes) ?? null,
    over: session.closeOut !== null || !outcomes.some(isLeft),
    date: wall.slice(0, 10),
    time: wall.slice(11, 16),
    durationMinutes: session.durationMinutes,
    durations: [...new Set([...(program?.durations ?? organisation.durations), session.durationMinutes])].sort((a, b) => a - b),
    again: again.toString(),
  };
  return Response.json(facts);
}
