import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { followBillingMode } from '#app/domain/billing/follow-billing-mode.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NewClient } from './client.schema.ts';

/** Adds a client; with `learnsToo` the same person as a student as well. Throws unknown_reference for a billing mode that is not there. */
export async function createClient(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: WithCustom<NewClient>,
): Promise<{ id: string; ref: string; studentId: string | null }> {
  const { learnsToo, custom, tags, status, ...columns } = input;
  return inTransaction(db, async (trx) => {
    await checkBillingMode(trx, columns.billingInstallId);
    const client = await trx
      .insertInto('client')
      .values({ ...columns, ...(status ? { status } : {}), custom: newCustom(custom) })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'client.create',
      subjectType: 'client',
      subjectId: client.id,
      after: { ref: client.ref, billingInstallId: columns.billingInstallId },
    });
    await followBillingMode(trx, ctx, client.id);
    if (tags) await setTags(trx, { clientId: client.id }, tags);
    if (!learnsToo) return { ...client, studentId: null };
    const [firstName = columns.name, ...rest] = columns.name.split(/\s+/);
    const student = await trx
      .insertInto('student')
      .values({ clientId: client.id, firstName, lastName: rest.join(' '), email: columns.email, timezone: columns.timezone })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'student.create',
      subjectType: 'student',
      subjectId: student.id,
      after: { ref: student.ref, clientId: client.id },
    });
    return { ...client, studentId: student.id };
  });
}

export async function checkBillingMode(db: Kysely<DB>, installId: string | null): Promise<void> {
  if (installId === null) return;
  const install = await db.selectFrom('pluginInstall').select('kind').where('id', '=', installId).executeTakeFirst();
  if (install?.kind !== 'billing') {
    throw new DomainError('unknown_reference', 'This way of billing is not there any more. Choose another.', {
      field: 'billingInstallId',
    });
  }
}
