import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import {
  type Audience,
  type Choice,
  type CustomField,
  type CustomValues,
  type Entity,
  type FieldDefinition,
  type FieldType,
  fieldsFor,
  type Seer,
} from './custom-field.ts';
import { valuesOf } from './custom-values.ts';

const definitions = (db: Kysely<DB>) =>
  db
    .selectFrom('customField')
    .select(['id', 'key', 'label', 'help', 'required', 'inPublicForm', 'inList', 'filterable', 'inMail'])
    .select(['position', 'archivedAt', 'version'])
    .select([
      sql<Entity>`entity`.as('entity'),
      sql<FieldType>`type`.as('type'),
      sql<Choice[]>`choices`.as('choices'),
      sql<Seer[]>`seen_by`.as('seenBy'),
      sql<Seer[]>`edited_by`.as('editedBy'),
    ]);

/** All fields in the order of the forms, archived ones last. */
export async function listCustomFields(db: Kysely<DB>, entity?: Entity): Promise<FieldDefinition[]> {
  let query = definitions(db).orderBy(sql`archived_at IS NOT NULL`).orderBy('position').orderBy('id');
  if (entity) query = query.where('entity', '=', entity);
  return query.execute();
}

/** @throws DomainError not_found */
export async function getCustomField(db: Kysely<DB>, id: string): Promise<FieldDefinition> {
  const field = await definitions(db).where('id', '=', id).executeTakeFirst();
  if (!field) throw new DomainError('not_found', 'This field is not there.');
  return field;
}

/** The fields of a kind of record that this audience may see, in the order of the forms. */
export async function customFieldsFor(db: Kysely<DB>, entity: Entity, audience: Audience): Promise<CustomField[]> {
  const all = await definitions(db)
    .where('entity', '=', entity)
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return fieldsFor(all, audience);
}

export interface RecordCustom {
  fields: CustomField[];
  /** Of these fields alone: what an audience may not see never leaves the database. */
  values: CustomValues;
}

/** A record's fields with its values, as this audience may see them. A record that is not there has none. */
export async function customOf(db: Kysely<DB>, entity: Entity, id: string, audience: Audience): Promise<RecordCustom> {
  const fields = await customFieldsFor(db, entity, audience);
  if (fields.length === 0) return { fields, values: {} };
  const values = await customOfMany(db, fields, [id]);
  return { fields, values: values.get(id) ?? {} };
}

/** What several records have in these fields, all of one kind; by the record's id. */
export async function customOfMany(
  db: Kysely<DB>,
  fields: readonly CustomField[],
  ids: readonly string[],
): Promise<Map<string, CustomValues>> {
  const entity = fields[0]?.entity;
  if (!entity || ids.length === 0) return new Map();
  const rows = await sql<{ id: string; custom: unknown }>`
    SELECT id, custom FROM ${sql.table(entity)} WHERE id = ANY(${[...ids]}::uuid[]) AND custom <> '{}'`.execute(db);
  return new Map(rows.rows.map((row) => [row.id, valuesOf(fields, row.custom)]));
}

/** How many records have something in each field, of one or of all; by the field's id. */
export async function countFilledIn(
  db: Kysely<DB>,
  field?: Pick<FieldDefinition, 'id' | 'entity'>,
): Promise<Map<string, number>> {
  const records = field
    ? sql`SELECT jsonb_build_object(${field.id}::text, 1) AS custom FROM ${sql.table(field.entity)} WHERE custom ? ${field.id}`
    : sql`SELECT custom FROM tutor UNION ALL SELECT custom FROM client UNION ALL SELECT custom FROM student
          UNION ALL SELECT custom FROM request UNION ALL SELECT custom FROM session`;
  const rows = await sql<{ id: string; n: number }>`
    SELECT key AS id, count(*)::int AS n FROM (${records}) AS record, jsonb_object_keys(record.custom) AS key
    WHERE record.custom <> '{}' GROUP BY key`.execute(db);
  return new Map(rows.rows.map((row) => [row.id, row.n]));
}
