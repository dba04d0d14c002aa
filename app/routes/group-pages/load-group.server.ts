import type { AppContext } from '#app/context.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { findGroup } from '#app/domain/groups/group-queries.server.ts';
import { listWaiting } from '#app/domain/groups/waiting-queries.server.ts';
import { listStudentChoices } from '#app/domain/people/choice-queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { viewWaiting } from './view-waiting.ts';

/** A session as a group: its places, who can be added, who waits. Null: it takes one student alone. */
export async function loadGroup(context: AppContext, session: SessionDetail, reader: Reader) {
  const { db } = context;
  const group = await findGroup(db, session.id);
  if (!group) return null;
  const [waiting, students] = await Promise.all([
    listWaiting(db, reader.now, { sessionId: session.id, seriesId: group.seriesId }),
    listStudentChoices(db),
  ]);
  const left = session.places.filter((place) => isLeft(place.outcome));
  const inIt = new Set(left.map((place) => place.studentId));
  return {
    places: group.places,
    taken: left.length,
    course: group.course,
    ofSeries: group.seriesId !== null,
    open: session.status === 'scheduled' && session.endsAt > reader.now,
    waiting: viewWaiting(waiting, reader),
    students: students
      .filter((student) => !inIt.has(student.id))
      .map(({ id, name, clientName }) => ({ id, name: `${name} (${clientName})` })),
    moveable: left.map((place) => ({ id: place.studentId, name: place.studentName })),
  };
}

export type GroupView = NonNullable<Awaited<ReturnType<typeof loadGroup>>>;
