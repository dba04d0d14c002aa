import type { ReplannedSession } from '#app/domain/scheduling/replanning-queries.server.ts';
import { type Choice, choiceText } from '#app/domain/scheduling/session-changes.ts';
import type { Substitute } from '#app/domain/scheduling/substitutes.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';

export interface ReplannedView {
  id: string;
  href: string;
  version: number;
  title: string;
  students: string;
  tutorName: string;
  when: string;
  /** Who could step in, the best first, with what their score is the sum of. */
  substitutes: Pick<Substitute, 'tutorId' | 'name' | 'score' | 'parts' | 'warnings'>[];
  options: { group: string; items: { value: string; label: string }[] }[];
  chosen: string;
}

/** The same for every session; a session for which there is none of it keeps what is best for it. */
export const SAME_FOR_ALL = ['suggest', 'substitute', 'move', 'cancel', 'keep'] as const;
export type SameForAll = (typeof SAME_FOR_ALL)[number];

export const sameForAll = (text: string | null, usual: SameForAll): SameForAll =>
  SAME_FOR_ALL.find((same) => same === text) ?? usual;

export function viewReplanned(session: ReplannedSession, reader: Reader, same: SameForAll): ReplannedView {
  const { day, time } = whenOf(reader, session.startsAt, session.endsAt);
  const length = session.endsAt.getTime() - session.startsAt.getTime();
  const substitutes = session.substitutes.map(({ tutorId, name, together, warnings, score }) => ({
    value: choiceText({ kind: 'substitute', tutorId }),
    label: [
      `To ${name}`,
      `${score} points`,
      together > 0 ? `taught them ${together === 1 ? 'once' : `${together} times`}` : '',
      ...warnings,
    ]
      .filter(Boolean)
      .join(' · '),
  }));
  const times = session.times.map(({ startsAt, wallStart }) => {
    const to = whenOf(reader, startsAt, new Date(startsAt.getTime() + length));
    return { value: choiceText({ kind: 'move', wallStart }), label: `Move to ${to.day}, ${to.time}` };
  });
  return {
    id: session.id,
    href: `/office/sessions/${session.id}`,
    version: session.version,
    title: session.title || session.subjectName,
    students: session.places.map((place) => place.name).join(', '),
    tutorName: session.tutorName,
    when: `${day}, ${time}`,
    substitutes: session.substitutes.map(({ tutorId, name, score, parts, warnings }) => ({
      tutorId,
      name,
      score,
      parts,
      warnings,
    })),
    options: [
      { group: 'Another tutor', items: substitutes },
      { group: `Another time with ${session.tutorName}`, items: times },
      {
        group: 'Else',
        items: [
          { value: 'cancel', label: 'Cancel it' },
          { value: 'keep', label: 'Leave it as it is' },
        ],
      },
    ].filter(({ items }) => items.length > 0),
    chosen: choiceText(chosenFor(session, same)),
  };
}

function chosenFor(session: ReplannedSession, same: SameForAll): Choice {
  const [substitute] = session.substitutes;
  const [time] = session.times;
  if (same === 'cancel' || same === 'keep') return { kind: same };
  if (same === 'move' && time) return { kind: 'move', wallStart: time.wallStart };
  // The one suggested is free also where another session of these goes to the first of the list.
  if (session.suggested.kind === 'substitute') return session.suggested;
  if (same === 'substitute' && substitute) return { kind: 'substitute', tutorId: substitute.tutorId };
  return session.suggested;
}
