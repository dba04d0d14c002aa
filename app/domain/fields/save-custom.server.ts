import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CustomPatch, Entity } from './custom-field.ts';
import { overlay } from './custom-values.ts';

type Changes = { before: Record<string, unknown>; after: Record<string, unknown> };

/**
 * For a use case that saves a record with its fields: what to write into the row, and what the log says of it. Of the
 * values the log keeps none, only which fields changed. Fields that are not in the patch stay untouched.
 */
export function withCustomChanges(
  before: unknown,
  patch: CustomPatch | undefined,
  changes: Changes | undefined,
): { columns: { custom?: string }; changes: Changes | undefined } {
  const { custom, changed } = overlay(before, patch);
  if (changed.length === 0) return { columns: {}, changes };
  return {
    columns: { custom: JSON.stringify(custom) },
    changes: { before: { ...changes?.before, custom: changed }, after: { ...changes?.after, custom: changed } },
  };
}

/** The column of a record that is being made. */
export const newCustom = (patch: CustomPatch | undefined): string => JSON.stringify(overlay({}, patch).custom);

/**
 * Saves fields of a record by themselves, under its lock; a form somebody else has open then learns of the change.
 * @throws DomainError not_found
 */
export async function saveCustom(
  db: Kysely<DB>,
  actor: Actor,
  { entity, id, patch }: { entity: Entity; id: string; patch: CustomPatch },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const table = sql.table(entity);
    const { rows } = await sql<{ custom: unknown }>`SELECT custom FROM ${table} WHERE id = ${id} FOR UPDATE`.execute(trx);
    if (!rows[0]) throw new DomainError('not_found', 'This record is not there.');
    const { columns, changes } = withCustomChanges(rows[0].custom, patch, undefined);
    if (!columns.custom) return;
    await sql`UPDATE ${table} SET custom = ${columns.custom}::jsonb, version = version + 1 WHERE id = ${id}`.execute(trx);
    await audit(trx, actor, {
      action: `${entity}.edit`,
      subjectType: entity,
      subjectId: id,
      sessionId: entity === 'session' ? id : null,
      ...changes,
    });
  });
}
