import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PublicFormValues } from './public-form.schema.ts';

/**
 * Says what a public form asks, whether it is open, and which pages may show it. Whoever has it open is asked what it asks
 * when they send it.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile)
 */
export async function editPublicForm(db: Kysely<DB>, actor: Actor, input: PublicFormValues): Promise<void> {
  const { kind, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('publicForm').selectAll().where('kind', '=', kind).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This form is not there.');
    const type = `${kind}_form`;
    if (before.version !== version) throw await changedMeanwhile(trx, { type, id: null, word: 'form', version: before.version });
    const changes = changedFields({ ...before }, values);
    if (!changes) return;
    await trx
      .updateTable('publicForm')
      .set({ ...values, fields: JSON.stringify(values.fields), version: version + 1 })
      .where('kind', '=', kind)
      .execute();
    await audit(trx, actor, { action: `${type}.edit`, subjectType: type, subjectId: null, ...changes });
  });
}
