import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { hashToken } from '#app/auth/token.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** What a hold of a tutor's time is for, as it was checked when it was taken. */
export const heldPlanSchema = z.object({
  programId: z.uuid(),
  subjectId: z.uuid(),
  durationMinutes: z.number().int(),
  mode: z.enum(['online', 'in_person']),
  wallStart: z.string(),
  zone: z.string(),
});
export type HeldPlan = z.infer<typeof heldPlanSchema>;

interface HoldRow {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
}

export type Hold = HoldRow &
  ({ kind: 'time'; tutorId: string; startsAt: Date; endsAt: Date; plan: HeldPlan } | { kind: 'course'; courseId: string });

/** The hold of a token, also one that has run out and was not released yet. */
export async function findHold(db: Kysely<DB>, token: string, now: Date): Promise<Hold | undefined> {
  const row = await db.selectFrom('hold').selectAll().where('tokenHash', '=', hashToken(token)).executeTakeFirst();
  if (!row) return undefined;
  const base = { id: row.id, createdAt: row.createdAt, expiresAt: row.expiresAt, expired: row.expiresAt <= now };
  if (row.courseId) return { ...base, kind: 'course', courseId: row.courseId };
  if (!row.tutorId || !row.startsAt || !row.endsAt) throw new Error(`hold ${row.id} holds nothing`);
  const plan = heldPlanSchema.parse(row.data);
  return { ...base, kind: 'time', tutorId: row.tutorId, startsAt: row.startsAt, endsAt: row.endsAt, plan };
}

/** So many one address may keep from others at once: a household with several children, not a whole calendar. */
const AT_ONCE = 8;

/** @throws DomainError conflict when this address keeps too many times or places already */
export async function checkHoldsFrom(db: Kysely<DB>, from: string, now: Date, exceptToken: string): Promise<void> {
  const { count } = await db
    .selectFrom('hold')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where(sql<string>`data->>'from'`, '=', hashToken(from))
    .where('expiresAt', '>', now)
    .where('tokenHash', '<>', hashToken(exceptToken))
    .executeTakeFirstOrThrow();
  if (Number(count) < AT_ONCE) return;
  throw new DomainError('conflict', 'Too many times are being kept for you already. Finish one booking, or wait a few minutes.');
}
