import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { DB } from '#db/types.ts';

/** Half of a character, and the one of no text, can't be kept as JSON; all else is. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '');

/** All fields of the form as they were typed: several values where a name occurs several times. */
export const draftSchema = z.object({
  fields: z
    .record(z.string().max(200).transform(storable), z.array(z.string().max(20_000).transform(storable)).max(20))
    .refine((fields) => JSON.stringify(fields).length <= 200_000, 'This is more than a draft can hold'),
});
export type DraftFields = z.infer<typeof draftSchema>['fields'];

export interface Draft {
  fields: DraftFields;
  savedAt: Date;
}

/** Keeps what somebody has typed into the form of a session; the last one counts. It is no close-out and tells nobody anything. */
export async function saveDraft(
  db: Kysely<DB>,
  ctx: { clock: () => Date },
  input: { sessionId: string; userId: string; fields: DraftFields },
): Promise<void> {
  const body = JSON.stringify(input.fields);
  const savedAt = ctx.clock();
  await db
    .insertInto('closeOutDraft')
    .values({ sessionId: input.sessionId, userId: input.userId, body, savedAt })
    .onConflict((conflict) => conflict.columns(['sessionId', 'userId']).doUpdateSet({ body, savedAt: sql`excluded.saved_at` }))
    .execute();
}

export async function findDraft(db: Kysely<DB>, key: { sessionId: string; userId: string }): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('closeOutDraft')
    .select(['body', 'savedAt'])
    .where('sessionId', '=', key.sessionId)
    .where('userId', '=', key.userId)
    .executeTakeFirst();
  return row && { fields: draftSchema.parse({ fields: row.body }).fields, savedAt: row.savedAt };
}

/** One that is gone is gone. */
export async function forgetDraft(db: Kysely<DB>, key: { sessionId: string; userId: string }): Promise<void> {
  await db.deleteFrom('closeOutDraft').where('sessionId', '=', key.sessionId).where('userId', '=', key.userId).execute();
}
