import { sql, type Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { addCustomField } from '#app/domain/fields/add-custom-field.server.ts';
import { customFieldSchema } from '#app/domain/fields/custom-field.schema.ts';
import type { CustomValue, CustomValues, Entity } from '#app/domain/fields/custom-field.ts';
import { getCustomField } from '#app/domain/fields/queries.server.ts';
import type { DB } from '#db/types.ts';
import { chance, pick } from './random.ts';

const system: Actor = { userId: null, kind: 'system' };

interface DemoField {
  field: { entity: Entity; label: string; type: string } & Record<string, unknown>;
  /** What a record has in it, by its reference; undefined: nothing. `choices` are ids. */
  value: (ref: string, choices: readonly string[]) => CustomValue | undefined;
}

const office = ['scheduler'];
const schools = ['Meadowbrook Elementary', 'Lincoln High', 'St. Jude’s', 'Riverside Middle School'];

const demoFields: DemoField[] = [
  {
    field: {
      entity: 'tutor',
      label: 'Own car',
      type: 'yes_no',
      seenBy: office,
      editedBy: office,
      inList: 'on',
      filterable: 'on',
    },
    value: (ref) => chance('car', ref) < 0.7,
  },
  {
    field: { entity: 'tutor', label: 'First-aid course on', type: 'date', seenBy: office, editedBy: office },
    value: (ref) => (chance('aid', ref) < 0.5 ? pick(['2025-02-14', '2025-09-06', '2026-01-24'], 'aid', ref) : undefined),
  },
  {
    field: {
      entity: 'client',
      label: 'Heard of us through',
      type: 'choice',
      seenBy: office,
      editedBy: office,
      filterable: 'on',
      inPublicForm: 'on',
      choices: ['A friend', 'Their school', 'Searching the web', 'A poster'],
    },
    value: (ref, choices) => (chance('heard', ref) < 0.6 ? pick(choices, 'heard', ref) : undefined),
  },
  {
    field: {
      entity: 'student',
      label: 'School',
      type: 'text',
      seenBy: ['scheduler', 'tutor'],
      editedBy: office,
      inList: 'on',
      filterable: 'on',
    },
    value: (ref) => pick(schools, 'school', ref),
  },
  {
    field: {
      entity: 'student',
      label: 'Allergies and medicine',
      type: 'long_text',
      help: 'What a tutor must know in an emergency',
      seenBy: ['scheduler', 'tutor'],
      editedBy: office,
    },
    value: (ref) => (chance('allergy', ref) < 0.2 ? 'Nuts. Has an emergency pen in the school bag.' : undefined),
  },
  {
    field: {
      entity: 'session',
      label: 'Bring along',
      type: 'text',
      seenBy: ['scheduler', 'tutor', 'family'],
      editedBy: ['scheduler', 'tutor'],
      inMail: 'on',
    },
    value: () => undefined,
  },
];

/** What Meadowbrook notes of its people beside what is there already. */
export async function seedFields(trx: Transaction<DB>): Promise<void> {
  const records = new Map<Entity, Map<string, CustomValues>>();
  for (const { field, value } of demoFields) {
    const labels = (field.choices as string[] | undefined) ?? [];
    const input = customFieldSchema.parse({ ...field, choices: labels.map((label) => ({ label })) });
    const { id } = await addCustomField(trx, system, input);
    const choices = (await getCustomField(trx, id)).choices.map((choice) => choice.id);
    const { entity } = field;
    const { rows } = await sql<{ ref: string }>`SELECT ref FROM ${sql.table(entity)} ORDER BY ref`.execute(trx);
    const all = records.get(entity) ?? new Map<string, CustomValues>();
    for (const { ref } of rows) {
      const said = value(ref, choices);
      if (said !== undefined) all.set(ref, { ...all.get(ref), [id]: said });
    }
    records.set(entity, all);
  }
  for (const [entity, all] of records) {
    await sql`UPDATE ${sql.table(entity)} r SET custom = v.custom
      FROM unnest(${[...all.keys()]}::text[], ${[...all.values()].map((values) => JSON.stringify(values))}::jsonb[]) AS v(ref, custom)
      WHERE v.ref = r.ref`.execute(trx);
  }
}
