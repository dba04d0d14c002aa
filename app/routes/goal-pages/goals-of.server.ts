import { type GoalState, goalStateNames, ratingWords } from '#app/domain/goals/goal.schema.ts';
import { type GoalRow, listGoals } from '#app/domain/goals/queries.server.ts';
import { dateText, type Reader } from '#app/ui/session-when.ts';

type Db = Parameters<typeof listGoals>[0];

export interface GoalView {
  id: string;
  title: string;
  description: string;
  subjectId: string;
  subjectName: string;
  dueOn: string;
  status: GoalState;
  /** "Working on it, by Mon 1 Dec; half way" */
  about: string;
  shared: boolean;
  version: number;
  /** The latest first. */
  ratings: { key: string; text: string }[];
}

/** A student's goals as their tutor and the office read them, also those that families don't. */
export async function goalsOf(db: Db, studentId: string, reader: Reader): Promise<GoalView[]> {
  const goals = await listGoals(db, { studentIds: [studentId] });
  return goals.map((goal) => viewGoal(goal, reader));
}

function viewGoal(goal: GoalRow, reader: Reader): GoalView {
  const latest = goal.ratings.at(-1);
  const wordOf = (rating: number) => ratingWords[rating - 1] ?? '';
  return {
    id: goal.id,
    title: goal.title,
    description: goal.description,
    subjectId: goal.subjectId ?? '',
    subjectName: goal.subjectName ?? '',
    dueOn: goal.dueOn ?? '',
    status: goal.status,
    about: [
      goal.status === 'open' ? '' : goalStateNames[goal.status],
      goal.subjectName ?? '',
      goal.dueOn ? `by ${dateText(reader, goal.dueOn)}` : '',
      latest ? `last ${latest.rating} of 5, ${wordOf(latest.rating)}` : 'not rated yet',
      goal.shared ? '' : 'families don’t see it',
    ]
      .filter(Boolean)
      .join('; '),
    shared: goal.shared,
    version: goal.version,
    ratings: goal.ratings.toReversed().map((one, index) => ({
      key: `${one.ratedOn} ${index}`,
      text: `${dateText(reader, one.ratedOn)}: ${one.rating} of 5, ${wordOf(one.rating)}${one.note ? `. ${one.note}` : ''}`,
    })),
  };
}
