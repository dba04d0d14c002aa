import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockFields, refuseSameField } from './add-custom-field.server.ts';
import type { CustomFieldEdit } from './custom-field.schema.ts';
import { hasChoices } from './custom-field.ts';
import { arrangedChoices } from './field-choices.ts';
import { getCustomField } from './queries.server.ts';

/**
 * Renames a field or one of its choices, says who sees it and where it is shown. Records keep what they have; they read
 * as it is named now. A field that becomes required is asked for when somebody who may fill it in next saves the record.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field label, choices)
 */
export async function editCustomField(db: Kysely<DB>, actor: Actor, input: CustomFieldEdit): Promise<void> {
  const { id, version, choices: typed, ...facts } = input;
  await inTransaction(db, async (trx) => {
    await lockFields(trx);
    const before = await getCustomField(trx, id);
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'custom_field', id, word: 'field', version: before.version });
    await refuseSameField(trx, before.entity, facts.label, id);
    const choices = hasChoices(before.type) ? arrangedChoices(before.choices, typed, randomUUID) : [];
    const changes = changedFields({ ...before }, { ...facts, choices });
    if (!changes) return;
    await trx
      .updateTable('customField')
      .set({ ...facts, choices: JSON.stringify(choices), version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'custom_field.edit', subjectType: 'custom_field', subjectId: id, ...changes });
  });
}
