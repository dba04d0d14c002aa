import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { countFeedback, listFeedback, rateTutors } from '#app/domain/feedback/feedback-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { viewFeedback } from '../feedback-pages/feedback-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { readFilter } from './feedback-filter.ts';

export const PAGE_SIZE = 25;
const MONTHS = 6;

/** Ratings by tutor over the last months, and what was said, what wants looking at first. */
export async function loadFeedbackPage({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'feedback.read');
  const { reader, organisation } = await readerFor(user, context);
  const { db } = context;
  const filter = readFilter(new URL(request.url).searchParams);
  const tutorId = filter.tutor || undefined;
  const which = {
    tutorId,
    side: filter.side || undefined,
    unseen: filter.show === 'new',
    low: filter.show === 'low',
  };
  const months = lastMonths(localDateOf(reader.now, organisation.timezone), MONTHS);
  const [rows, total, unseen, tutors] = await Promise.all([
    listFeedback(db, { ...which, limit: PAGE_SIZE, offset: (filter.page - 1) * PAGE_SIZE }),
    countFeedback(db, which),
    countFeedback(db, { unseen: true }),
    rateTutors(db, { months, zone: organisation.timezone }),
  ]);
  const name = new Intl.DateTimeFormat(reader.locale, { month: 'short', timeZone: 'UTC' });
  return {
    filter,
    items: rows.map((row) => viewFeedback(row, reader)),
    total,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    unseen,
    tutors: filter.tutor ? tutors.filter((row) => row.tutorId === filter.tutor) : tutors,
    choices: tutors.map((row) => ({ id: row.tutorId, name: row.tutorName })),
    months: months.map((month) => name.format(new Date(`${month}T12:00:00Z`))),
    seen: Number(new URL(request.url).searchParams.get('seen') ?? '0') || 0,
  };
}

/** The first days of this month and of those before it, the oldest first. */
function lastMonths(today: string, count: number): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(year, month - 1 - (count - 1 - index), 1));
    return at.toISOString().slice(0, 10);
  });
}
