import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';
import { postRunLine } from './post-run-line.server.ts';
import type { ExtraLine } from './run-adjustment.schema.ts';

/**
 * A line by hand on the family's next invoice: a book, an exam's fee. Sent twice (the same requestId) it is one.
 * @throws DomainError not_found, unknown_reference (field studentId) when the student is of another family
 */
export async function addExtraLine(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ExtraLine,
): Promise<{ chargeId: string }> {
  return inTransaction(db, async (trx) => {
    const client = await lockBilledClient(trx, input.clientId);
    const there = await trx
      .selectFrom('charge')
      .select(['clientId', 'net', 'localDate'])
      .where('id', '=', input.requestId)
      .executeTakeFirst();
    if (there) {
      assertSentBefore(there, { clientId: client.id, net: input.amount, localDate: input.localDate });
      return { chargeId: input.requestId };
    }
    if (input.studentId) {
      const { rows } = await sql`
        SELECT 1 FROM student WHERE id = ${input.studentId}::uuid AND client_id = ${client.id}::uuid`.execute(trx);
      if (rows.length === 0)
        throw new DomainError('unknown_reference', 'This student is not of this family.', { field: 'studentId' });
    }
    const line = { id: input.requestId, kind: 'extra' as const, localDate: input.localDate, description: input.description };
    await trx
      .insertInto('charge')
      .values({
        ...line,
        clientId: client.id,
        net: input.amount,
        taxPercent: input.taxPercent,
        studentId: input.studentId,
        programId: input.programId,
        reason: JSON.stringify({ said: 'added by hand' }),
        settledAt: ctx.clock(),
        createdBy: actor.userId,
      })
      .execute();
    const { currency } = await getOrganisation(trx);
    await postRunLine(trx, line, client, { was: 0n, net: input.amount, currency });
    await audit(trx, actor, {
      action: 'charge.add',
      subjectType: 'client',
      subjectId: client.id,
      after: { charge: line.id, net: input.amount, on: input.localDate },
    });
    return { chargeId: line.id };
  });
}
