import { type RawBuilder, sql } from 'kysely';
import type { Entity } from './custom-field.ts';

/**
 * What a record has in its additional fields as a JSON object by their keys, for the API: of choices their names, and no
 * more than schedulers see. `table` is what the record is called in the statement.
 */
export function customJson(entity: Entity, table: string): RawBuilder<Record<string, unknown>> {
  const custom = sql.ref(`${table}.custom`);
  const value = sql`(${custom} -> f.id::text)`;
  return sql`(SELECT coalesce(jsonb_object_agg(f.key, CASE f.type
      WHEN 'choice' THEN (SELECT c -> 'label' FROM jsonb_array_elements(f.choices) c WHERE c -> 'id' = ${value})
      WHEN 'choices' THEN (SELECT coalesce(jsonb_agg(c -> 'label'), '[]') FROM jsonb_array_elements(f.choices) c
                           WHERE ${value} ? (c ->> 'id'))
      ELSE ${value} END), '{}')
    FROM custom_field f WHERE f.entity = ${entity} AND f.archived_at IS NULL AND 'scheduler' = ANY(f.seen_by)
      AND ${custom} ? f.id::text)`;
}
