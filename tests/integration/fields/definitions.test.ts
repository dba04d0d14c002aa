import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { addCustomField } from '#app/domain/fields/add-custom-field.server.ts';
import { arrangeCustomField } from '#app/domain/fields/arrange-custom-field.server.ts';
import { customFieldEditSchema, customFieldSchema } from '#app/domain/fields/custom-field.schema.ts';
import type { FieldDefinition } from '#app/domain/fields/custom-field.ts';
import { editCustomField } from '#app/domain/fields/edit-custom-field.server.ts';
import { countFilledIn, customFieldsFor, customOf, getCustomField, listCustomFields } from '#app/domain/fields/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { aCustomField, anOrganisation, aStudent, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
let ana: Actor;

beforeAll(async () => {
  await anOrganisation(db);
  ana = { userId: (await aUser(db, { name: 'Ana Admin', roles: ['admin'] })).id, kind: 'user' };
});

const add = (over: object) => addCustomField(db, ana, customFieldSchema.parse({ entity: 'tutor', type: 'text', ...over }));
const editOf = (field: FieldDefinition, over: object) => customFieldEditSchema.parse({ ...field, ...over });
const edit = (field: FieldDefinition, over: object) => editCustomField(db, ana, editOf(field, over));

describe('a field', () => {
  it('is called in exports as it was first named, in one line, whatever its name becomes', async () => {
    const { id, key } = await add({ label: ' Größe\r\nT-Shirt ' });
    expect(key).toBe('gro_e_t_shirt');
    const field = await getCustomField(db, id);
    expect(field.label).toBe('Größe T-Shirt');
    await edit(field, { label: 'Kleidergröße' });
    expect(await getCustomField(db, id)).toMatchObject({ label: 'Kleidergröße', key, version: 2 });
    expect((await add({ label: 'Größe T-Shirt' })).key).toBe('gro_e_t_shirt_2');
    expect((await add({ label: '身長' })).key).toBe('field');
  });

  it('has a name of its own among those of its kind of record, whatever its case, archived ones included', async () => {
    const { id } = await add({ label: 'Car' });
    await expect(add({ label: 'car' })).rejects.toMatchObject({ code: 'invalid_value', field: 'label' });
    await arrangeCustomField(db, ctx, ana, { id, to: 'archive' });
    await expect(add({ label: 'CAR' })).rejects.toThrow('It is archived: bring it back instead.');
    await expect(add({ label: 'Car', entity: 'client' })).resolves.toBeTruthy();
  });

  it('of two who add it at once is there once', async () => {
    const both = await Promise.allSettled([add({ label: 'Locker' }), add({ label: 'Locker' })]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listCustomFields(db, 'tutor')).filter((field) => field.label === 'Locker')).toHaveLength(1);
  });

  it('of two admins who edit it at once takes the first, and says so to the second', async () => {
    const field = await aCustomField(db, { entity: 'tutor' });
    await edit(field, { help: 'first' });
    await expect(edit(field, { help: 'second' })).rejects.toMatchObject({
      code: 'conflict',
      details: { version: 2, by: 'Ana Admin' },
    });
    expect(await getCustomField(db, field.id)).toMatchObject({ help: 'first' });
  });

  it('is filled in only by those who see it', () => {
    const parsed = customFieldSchema.safeParse({ entity: 'tutor', type: 'text', label: 'x', seenBy: [], editedBy: ['tutor'] });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ['editedBy'], message: 'Who fills it in must see it, too' });
  });

  it('moves among those of its own kind of record alone', async () => {
    const [first, other, second] = [
      await aCustomField(db, { entity: 'request' }),
      await aCustomField(db, { entity: 'session' }),
      await aCustomField(db, { entity: 'request' }),
    ];
    await arrangeCustomField(db, ctx, ana, { id: second.id, to: 'up' });
    await arrangeCustomField(db, ctx, ana, { id: second.id, to: 'up' });
    await arrangeCustomField(db, ctx, ana, { id: other.id, to: 'up' });
    expect((await customFieldsFor(db, 'request', 'admin')).map((field) => field.id)).toEqual([second.id, first.id]);
  });

  it('that is archived and brought back has all that records had in it', async () => {
    const field = await aCustomField(db);
    const student = await aStudent(db);
    await saveCustom(db, ana, { entity: 'student', id: student.id, patch: { [field.id]: 'St Jude' } });
    await arrangeCustomField(db, ctx, ana, { id: field.id, to: 'archive' });
    await arrangeCustomField(db, ctx, ana, { id: field.id, to: 'archive' });
    expect((await customOf(db, 'student', student.id, 'admin')).values).toEqual({});
    await arrangeCustomField(db, ctx, ana, { id: field.id, to: 'restore' });
    expect((await customOf(db, 'student', student.id, 'scheduler')).values).toEqual({ [field.id]: 'St Jude' });
    expect((await countFilledIn(db)).get(field.id)).toBe(1);
  });
});

describe('choices', () => {
  const ofChoices = (entity = 'client') =>
    aCustomField(db, {
      entity,
      type: 'choice',
      choices: [
        { id: 'c1', label: 'Poster', archived: false },
        { id: 'c2', label: 'Friend', archived: false },
      ],
    });

  it('can be renamed, put in another order and added to; what records have stays the same choice', async () => {
    const field = await ofChoices();
    await edit(field, { choices: [{ label: 'Search' }, { id: 'c2', label: 'A friend' }, { id: 'c1', label: 'Poster' }] });
    const { choices } = await getCustomField(db, field.id);
    expect(choices.map((choice) => choice.label)).toEqual(['Search', 'A friend', 'Poster']);
    expect(choices.slice(1).map((choice) => choice.id)).toEqual(['c2', 'c1']);
  });

  it('that are left out or left blank are archived, with the name that records show', async () => {
    const field = await ofChoices();
    await edit(field, { choices: [{ id: 'c1', label: '' }, { label: 'Search' }] });
    expect((await getCustomField(db, field.id)).choices).toEqual([
      { id: 'c1', label: 'Poster', archived: true },
      { id: expect.any(String), label: 'Search', archived: false },
      { id: 'c2', label: 'Friend', archived: true },
    ]);
  });

  it('are not two of one name, and at least one', async () => {
    const field = await ofChoices();
    await expect(edit(field, { choices: [{ label: 'A' }, { label: 'a' }] })).rejects.toMatchObject({ field: 'choices' });
    await expect(edit(field, { choices: [] })).rejects.toMatchObject({ field: 'choices' });
  });
});

describe('a value', () => {
  it('is in no log, only that its field was changed', async () => {
    const field = await aCustomField(db);
    const student = await aStudent(db);
    const save = () => saveCustom(db, ana, { entity: 'student', id: student.id, patch: { [field.id]: 'allergic to nuts' } });
    await save();
    await save();
    const rows = await listAudit(db, { subjectType: 'student', subjectId: student.id });
    expect(rows).toMatchObject([{ action: 'student.edit', after: { custom: [field.id] } }]);
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain('nuts');
  });

  it('saved by two at once in two fields is not lost', async () => {
    const [one, two] = [await aCustomField(db), await aCustomField(db)];
    const student = await aStudent(db);
    await Promise.all(
      [one, two].map((field) => saveCustom(db, ana, { entity: 'student', id: student.id, patch: { [field.id]: field.key } })),
    );
    const { values } = await customOf(db, 'student', student.id, 'admin');
    expect(values).toMatchObject({ [one.id]: one.key, [two.id]: two.key });
  });
});
