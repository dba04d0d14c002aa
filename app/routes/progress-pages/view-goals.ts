import { type GoalState, goalStateNames, ratingWords } from '#app/domain/goals/goal.schema.ts';
import type { GoalRow } from '#app/domain/goals/queries.server.ts';
import { dateText, type Reader } from '#app/ui/session-when.ts';

/** A goal as the family reads it; `stands` is the last rating in words. */
export interface GoalView {
  id: string;
  title: string;
  description: string;
  subject: string;
  due: string;
  status: GoalState;
  statusName: string;
  stands: string;
}

export interface GoalsView {
  goals: GoalView[];
  /** A row a day on which something was said, the earliest first; under each goal's id its rating of that day. */
  rows: { date: string; label: string; ratings: Record<string, number> }[];
  /** The goals that were ever rated, in their order. */
  rated: { id: string; title: string }[];
}

/** `since`: ratings before that day are history and left out of the picture. */
export function viewGoals(goals: readonly GoalRow[], reader: Reader, since: string): GoalsView {
  const kept = goals.filter(({ status }) => status !== 'dropped');
  const rows = new Map<string, Record<string, number>>();
  for (const { id, ratings } of kept)
    for (const { ratedOn, rating } of ratings) {
      if (ratedOn < since) continue;
      rows.set(ratedOn, { ...rows.get(ratedOn), [id]: rating });
    }
  return {
    goals: kept.map((goal) => {
      const last = goal.ratings.at(-1);
      return {
        id: goal.id,
        title: goal.title,
        description: goal.description,
        subject: goal.subjectName ?? '',
        due: goal.dueOn === null || goal.status !== 'open' ? '' : `until ${dateText(reader, goal.dueOn)}`,
        status: goal.status,
        statusName: goalStateNames[goal.status],
        stands: last ? `${last.rating} of 5, ${ratingWords[last.rating - 1]}` : 'Not rated yet',
      };
    }),
    rows: [...rows]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([date, ratings]) => ({ date, label: dateText(reader, date), ratings })),
    rated: kept.filter(({ ratings }) => ratings.some(({ ratedOn }) => ratedOn >= since)).map(({ id, title }) => ({ id, title })),
  };
}
