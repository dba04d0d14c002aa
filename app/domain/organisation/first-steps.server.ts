import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** What a company has of what its first session needs. */
export interface FirstSteps {
  subject: boolean;
  program: boolean;
  tutor: boolean;
  client: boolean;
  student: boolean;
  /** A rate that clients are charged, and one that tutors are paid: without them a session is neither invoiced nor paid. */
  charge: boolean;
  pay: boolean;
}

/** Undefined once a session was ever planned: then a company has begun. */
export async function findFirstSteps(db: Kysely<DB>): Promise<FirstSteps | undefined> {
  const { rows } = await sql<FirstSteps & { begun: boolean }>`select
    exists(select 1 from session) as begun,
    exists(select 1 from subject) as subject,
    exists(select 1 from program) as program,
    exists(select 1 from tutor) as tutor,
    exists(select 1 from client) as client,
    exists(select 1 from student) as student,
    exists(select 1 from rate where side = 'charge') as charge,
    exists(select 1 from rate where side = 'pay') as pay`.execute(db);
  const [row] = rows;
  if (row === undefined || row.begun) return undefined;
  const { begun: _, ...steps } = row;
  return steps;
}
