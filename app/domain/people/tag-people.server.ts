import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { addTags, removeTags, type Tagged } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export type PersonKind = 'tutor' | 'client' | 'student';

/** Gives many people the same tags, or takes them away; whatever else they have stays. Who is not there is left out. */
export async function tagPeople(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { kind: PersonKind; ids: readonly string[]; names: readonly string[]; away?: boolean },
): Promise<void> {
  const { kind, names, away = false } = input;
  await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(kind)} WHERE id = ANY(${[...input.ids]}::uuid[])
      ORDER BY id FOR UPDATE`.execute(trx);
    const about = rows.map(({ id }) => ({ [`${kind}Id`]: id }) as Tagged);
    const tags = await (away ? removeTags : addTags)(trx, about, names);
    for (const { id } of rows)
      await audit(trx, actor, { action: `${kind}.${away ? 'untag' : 'tag'}`, subjectType: kind, subjectId: id, after: { tags } });
  });
}
