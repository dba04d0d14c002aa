import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { createClient } from './create-client.server.ts';
import type { NewGuardian } from './guardian.schema.ts';

/**
 * Lets somebody see a student's lessons beside the one who pays: a client on record, or a new one. Adding the same
 * person again is no error.
 * @throws DomainError not_found (the student), unknown_reference or invalid_value at `clientId`
 */
export async function addGuardian(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: NewGuardian,
): Promise<{ clientId: string }> {
  return inTransaction(db, async (trx) => {
    const student = await trx
      .selectFrom('student')
      .select(['id', 'clientId'])
      .where('id', '=', input.studentId)
      .forUpdate()
      .executeTakeFirst();
    if (!student) throw new DomainError('not_found', 'This student is not there.');
    const clientId = input.clientId ?? (await knownOrNew(trx, ctx, actor, input));
    if (clientId === student.clientId)
      throw new DomainError('invalid_value', 'This is who pays: they see everything already.', { field: 'clientId' });
    const client = await trx.selectFrom('client').select(['id', 'archivedAt']).where('id', '=', clientId).executeTakeFirst();
    if (!client || client.archivedAt)
      throw new DomainError('unknown_reference', 'This person is not there any more. Choose another.', { field: 'clientId' });
    const { relation, getsMails } = input;
    const added = await trx
      .insertInto('studentGuardian')
      .values({ studentId: student.id, clientId, relation, getsMails })
      .onConflict((conflict) => conflict.columns(['studentId', 'clientId']).doNothing())
      .returning('clientId')
      .executeTakeFirst();
    if (added) {
      const after = { clientId, getsMails };
      await audit(trx, actor, { action: 'guardian.add', subjectType: 'student', subjectId: student.id, after });
    }
    return { clientId };
  });
}

/** The button pressed twice makes one person: the same name and address among this student's guardians is the same. */
async function knownOrNew(
  trx: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { studentId, name, email, phone }: NewGuardian,
): Promise<string> {
  const known = await trx
    .selectFrom('studentGuardian')
    .innerJoin('client', 'client.id', 'studentGuardian.clientId')
    .select('client.id')
    .where('studentId', '=', studentId)
    .where('client.name', '=', name)
    .where('client.email', 'is not distinct from', email)
    .executeTakeFirst();
  if (known) return known.id;
  const nothing = { address: '', notes: '', timezone: null, billingInstallId: null, learnsToo: false };
  return (await createClient(trx, ctx, actor, { name, email, phone, ...nothing })).id;
}
