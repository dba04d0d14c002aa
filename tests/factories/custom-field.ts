import type { Insertable, Kysely } from 'kysely';
import type { FieldDefinition } from '#app/domain/fields/custom-field.ts';
import { getCustomField } from '#app/domain/fields/queries.server.ts';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

/** Of students where nothing else is said; seen and filled in by schedulers. */
export async function aCustomField(
  db: Kysely<DB>,
  over: Partial<Omit<Insertable<DB['customField']>, 'choices'>> & { choices?: FieldDefinition['choices'] } = {},
): Promise<FieldDefinition> {
  const n = nextNumber();
  const { choices = [], ...columns } = over;
  const { id } = await db
    .insertInto('customField')
    .values({
      entity: 'student',
      key: `field_${n}`,
      label: `Field ${n}`,
      type: 'text',
      position: n,
      choices: JSON.stringify(choices),
      ...columns,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return getCustomField(db, id);
}
