import { isLeft } from '#app/domain/billing/outcomes.ts';
import type { LinkedSession, SaidCancellation, SessionLinks } from '#app/domain/scheduling/replacement-queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { type Reader, stampText, whenOf } from '#app/ui/session-when.ts';

export interface LinkView {
  id: string;
  href: string;
  /** When, with whom, its number. */
  text: string;
  /** Whose place, where it isn't everybody's. */
  whose: string;
}

export interface CancellationView {
  said: { key: string; who: string; text: string }[];
  replacedBy: LinkView[];
  replaces: LinkView[];
  /** Whose cancellation can be taken back; null for everybody's at once. */
  restorable: { studentIds: string[]; name: string | null }[];
}

const byWords = { client: 'the family', tutor: 'the tutor', office: 'the office' } as const;

/** What was cancelled in a session and what came of it; null where nothing was and nothing leads here. */
export function viewCancellation(
  session: SessionDetail,
  cancellations: readonly SaidCancellation[],
  links: SessionLinks,
  reader: Reader,
): CancellationView | null {
  const gone = session.places.filter((place) => !isLeft(place.outcome));
  if (gone.length === 0 && links.replaces.length === 0) return null;
  const names = new Map(session.places.map((place) => [place.studentId, place.studentName]));
  const everybody = gone.length === session.places.length;
  const link = ({ id, ref, startsAt, endsAt, tutorName, studentIds }: LinkedSession): LinkView => ({
    id,
    href: `/office/sessions/${id}`,
    text: `${whenOf(reader, startsAt, endsAt).long} with ${tutorName} (${ref})`,
    whose:
      studentIds.length === session.places.length
        ? ''
        : studentIds
            .map((studentId) => names.get(studentId) ?? '')
            .filter(Boolean)
            .join(', '),
  });
  const replaced = new Set(links.replacedBy.flatMap((after) => after.studentIds));
  const back = gone.filter((place) => !replaced.has(place.studentId));
  return {
    said: cancellations
      .filter((said) => said.studentId === null || gone.some((place) => place.studentId === said.studentId))
      .map((said) => ({
        key: `${said.studentId}${said.at.toISOString()}${said.by}`,
        who: said.studentId === null ? 'The whole session' : (names.get(said.studentId) ?? 'Somebody'),
        text: [`by ${byWords[said.by]}, ${stampText(reader, said.at)}`, said.reason].filter(Boolean).join(' · '),
      })),
    replacedBy: links.replacedBy.map(link),
    replaces: links.replaces.map(link),
    restorable:
      everybody && back.length === gone.length && back.length > 0
        ? [{ studentIds: [], name: null }]
        : everybody
          ? []
          : back.map((place) => ({ studentIds: [place.studentId], name: place.studentName })),
  };
}
