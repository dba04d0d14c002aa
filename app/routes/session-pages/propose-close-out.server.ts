import type { AppContext } from '#app/context.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { type Proposal, proposeFrom } from '#app/domain/closeout/proposal.ts';
import { findPresence } from '#app/domain/meetings/presence-queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { ProposalView } from '#app/ui/close-out/proposal-note.tsx';
import { minutesText } from '#app/ui/session-length.ts';
import { type Reader, timeText } from '#app/ui/session-when.ts';

interface Proposed {
  view: ProposalView;
  /** Of each student, by id, in words; empty where nothing can be said. */
  seen: Map<string, string>;
}

const nothing = (): Proposed => ({ view: { seen: [], offer: '', fields: {} }, seen: new Map() });

/** What an online session's room and our link saw, and what that would mean in the form. `noShowFrom`: none is offered before. */
export async function proposeCloseOut(
  { db }: Pick<AppContext, 'db'>,
  session: SessionDetail,
  reader: Reader,
  { noShowFrom, locked }: { noShowFrom: Date; locked: boolean },
): Promise<Proposed> {
  if (session.mode !== 'online') return nothing();
  const presence = await findPresence(db, session.id);
  if (!presence) return nothing();
  const places = session.places.filter((place) => isLeft(place.outcome));
  const tutorId = presence.tutor.userId;
  const isTutor = (one: { userId: string | null; attendanceId: string | null }) =>
    one.attendanceId === null && one.userId !== null && one.userId === tutorId;
  const traceOf = (is: (one: { userId: string | null; attendanceId: string | null }) => boolean) => ({
    came: presence.joins.filter(is).map((join) => join.joinedAt),
    stays: presence.stays.filter(is),
  });
  const proposal = proposeFrom(
    {
      tutor: traceOf(isTutor),
      students: places.map(({ studentId, attendanceId }) => ({
        studentId,
        ...traceOf((one) => one.attendanceId === attendanceId),
      })),
      endedAt: presence.endedAt,
    },
    { ...session, now: reader.now },
  );
  // Somebody was there whose name says nothing: nobody can be said to be missing.
  const strangers = presence.stays.some((stay) => stay.attendanceId === null && !isTutor(stay));
  const tellsAbsence = !proposal.silent && !strangers && reader.now >= noShowFrom;
  const absent = tellsAbsence ? proposal.students.filter((student) => student.from === undefined) : [];
  const nameOf = (studentId: string) => places.find((place) => place.studentId === studentId)?.studentName ?? '';
  const seen = proposal.students.map(({ studentId, from }): [string, string] => [
    studentId,
    from ? `First seen at ${timeText(reader, from)}.` : tellsAbsence ? 'Not seen in the room, and did not come by the link.' : '',
  ]);
  return {
    seen: new Map(seen),
    view: viewOf(proposal, session, reader, { absent: absent.map((one) => one.studentId), nameOf, locked }),
  };
}

interface Named {
  absent: string[];
  nameOf: (studentId: string) => string;
  locked: boolean;
}

function viewOf(proposal: Proposal, session: SessionDetail, reader: Reader, { absent, nameOf, locked }: Named): ProposalView {
  const { together } = proposal;
  const sentences = together
    ? [`The room saw tutor and student together from ${timeText(reader, together.from)} to ${timeText(reader, together.to)}.`]
    : [];
  if (absent.length > 0) sentences.push(`${absent.map(nameOf).join(' and ')} was not seen.`);
  const startsAt = locked ? undefined : proposal.startsAt;
  const minutes = locked ? undefined : proposal.minutes;
  const parts = [
    startsAt ? timeText(reader, startsAt) : '',
    minutes === undefined ? '' : minutesText(minutes),
    ...absent.map((studentId) => `${nameOf(studentId)} as a no-show`),
  ].filter(Boolean);
  return {
    seen: sentences,
    offer: parts.length > 0 ? `Fill in ${parts.join(', ')}` : '',
    fields: {
      ...(startsAt ? { actualWallStart: [instantToWall(startsAt, session.zone).slice(0, 16)] } : {}),
      ...(minutes === undefined ? {} : { actualMinutes: [String(minutes)] }),
      ...Object.fromEntries(absent.map((studentId) => [`outcome.${studentId}`, ['no_show']])),
    },
  };
}
