import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { GoalState } from './goal.schema.ts';

export interface GoalRating {
  rating: number;
  note: string;
  /** YYYY-MM-DD */
  ratedOn: string;
  sessionId: string | null;
}

export interface GoalRow {
  id: string;
  studentId: string;
  title: string;
  description: string;
  subjectId: string | null;
  subjectName: string | null;
  dueOn: string | null;
  status: GoalState;
  shared: boolean;
  version: number;
  /** The earliest first. */
  ratings: GoalRating[];
}

interface GoalFilter {
  studentIds: readonly string[];
  /** Those that families see. */
  sharedOnly?: boolean;
  /** Without what is reached or dropped. */
  openOnly?: boolean;
}

/** Of these students, open ones first in their order, with how far each was when; one statement. */
export async function listGoals(db: Kysely<DB>, { studentIds, sharedOnly, openOnly }: GoalFilter): Promise<GoalRow[]> {
  if (studentIds.length === 0) return [];
  let rows = db
    .selectFrom('goal as g')
    .leftJoin('subject', 'subject.id', 'g.subjectId')
    .select(['g.id', 'g.studentId', 'g.title', 'g.description', 'g.subjectId', 'subject.name as subjectName'])
    .select(['g.dueOn', 'g.shared', 'g.version', sql<GoalState>`g.status`.as('status')])
    .select(
      sql<
        GoalRating[]
      >`(SELECT coalesce(jsonb_agg(jsonb_build_object('rating', r.rating, 'note', r.note, 'ratedOn', r.rated_on, 'sessionId', r.session_id)
        ORDER BY r.rated_on, r.created_at), '[]') FROM goal_rating r WHERE r.goal_id = g.id)`.as('ratings'),
    )
    .where('g.studentId', '=', sql<string>`ANY(${[...studentIds]}::uuid[])`);
  if (sharedOnly) rows = rows.where('g.shared', '=', true);
  if (openOnly) rows = rows.where('g.status', '=', 'open');
  return rows.orderBy(sql`g.status <> 'open'`).orderBy('g.position').orderBy('g.id').execute();
}
