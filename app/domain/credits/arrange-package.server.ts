import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { type Arrangement, movedOne } from '#app/domain/arrange.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Moves a package one place in the list, takes it off sale, or brings it back at the end. What was sold stays; a family
 * that is topped up with it is topped up no more while it is off sale. Doing it again changes nothing.
 * @throws DomainError not_found
 */
export async function arrangePackage(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, to }: { id: string; to: Arrangement },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`LOCK TABLE package IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
    const packages = await trx.selectFrom('package').select(['id', 'archivedAt']).orderBy('position').orderBy('id').execute();
    const one = packages.find((candidate) => candidate.id === id);
    if (!one) throw new DomainError('not_found', 'This package is not there.');
    if (to === 'restore' ? !one.archivedAt : one.archivedAt) return;
    const active = packages.filter((candidate) => candidate.archivedAt === null).map((candidate) => candidate.id);
    const order =
      to === 'restore' ? [...active, id] : to === 'archive' ? active.filter((other) => other !== id) : movedOne(active, id, to);
    if (!order) return;
    if (to === 'archive' || to === 'restore') {
      await trx
        .updateTable('package')
        .set((eb) => ({ archivedAt: to === 'archive' ? ctx.clock() : null, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
    }
    await sql`UPDATE package p SET position = o.position
      FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, position) WHERE o.id = p.id`.execute(trx);
    await audit(trx, actor, { action: `package.${to}`, subjectType: 'package', subjectId: id });
  });
}
