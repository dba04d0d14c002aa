import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NewCustomField } from './custom-field.schema.ts';
import { entityNames, hasChoices } from './custom-field.ts';
import { arrangedChoices, keyOf } from './field-choices.ts';

/** So many fields make a form that nobody fills in, and lists that nobody reads. */
const FIELDS_MAX = 60;

/**
 * Adds a field at the end of the forms of its kind of record. Its key is made of its label, once and for all.
 * @throws DomainError invalid_value (field label, choices) where the name is taken, or there are too many
 */
export async function addCustomField(db: Kysely<DB>, actor: Actor, input: NewCustomField): Promise<{ id: string; key: string }> {
  return inTransaction(db, async (trx) => {
    const { entity, label } = input;
    await lockFields(trx);
    await refuseSameField(trx, entity, label);
    const others = await trx.selectFrom('customField').select(['key', 'archivedAt']).where('entity', '=', entity).execute();
    if (others.filter((field) => !field.archivedAt).length >= FIELDS_MAX)
      throw new DomainError('invalid_value', `A ${entityNames[entity].one} has ${FIELDS_MAX} fields. Archive one first.`, {
        field: 'label',
      });
    const choices = hasChoices(input.type) ? arrangedChoices([], input.choices, randomUUID) : [];
    const field = await trx
      .insertInto('customField')
      .values({
        ...input,
        key: keyOf(label, new Set(others.map((other) => other.key))),
        choices: JSON.stringify(choices),
        position: sql`(SELECT coalesce(max(position), 0) + 1 FROM custom_field)`,
      })
      .returning(['id', 'key'])
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'custom_field.create',
      subjectType: 'custom_field',
      subjectId: field.id,
      after: { ...input, key: field.key, choices },
    });
    return field;
  });
}

/** The fields change under one lock, so that two who add the same at once don't. */
export async function lockFields(trx: Kysely<DB>): Promise<void> {
  await sql`LOCK TABLE custom_field IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
}

export async function refuseSameField(trx: Kysely<DB>, entity: string, label: string, exceptId?: string): Promise<void> {
  const same = await trx
    .selectFrom('customField')
    .select(['id', 'label', 'archivedAt'])
    .where('entity', '=', entity)
    .where((eb) => eb(eb.fn<string>('lower', ['label']), '=', label.toLowerCase()))
    .execute();
  const other = same.find((field) => field.id !== exceptId);
  if (!other) return;
  const hint = other.archivedAt ? ' It is archived: bring it back instead.' : '';
  throw new DomainError('invalid_value', `“${other.label}” is there already.${hint}`, { field: 'label' });
}
