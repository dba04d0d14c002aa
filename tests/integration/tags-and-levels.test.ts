import { describe, expect, it } from 'vitest';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { arrangeNamed } from '#app/domain/named-lists/arrange-named.server.ts';
import { getNamed, listNamed, listNamedChoices } from '#app/domain/named-lists/queries.server.ts';
import { renameNamed } from '#app/domain/named-lists/rename-named.server.ts';
import { listTagChoices, tagsOf } from '#app/domain/tags/queries.server.ts';
import { addTags, setTags, type Tagged } from '#app/domain/tags/set-tags.server.ts';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import { aStudent, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const system = { userId: null, kind: 'system' } as const;
const give = (about: Tagged, names: string[]) => db.transaction().execute((trx) => setTags(trx, about, names));
const namesOf = async (tutorId: string) => ((await tagsOf(db, 'tutorId', [tutorId])).get(tutorId) ?? []).map((tag) => tag.name);
const order = async () => (await listNamed(db, 'level')).map((level) => level.name);

describe('tags', () => {
  it('are given by name, made where nobody had used them, and taken away by leaving them out', async () => {
    const tutor = await aTutor(db);
    const first = await give({ tutorId: tutor.id }, ['Exam coach', 'Patient']);
    expect(first.added).toHaveLength(2);
    expect(await namesOf(tutor.id)).toEqual(['Exam coach', 'Patient']);
    expect(await give({ tutorId: tutor.id }, ['Patient', 'Exam coach'])).toEqual({ added: [], removed: [] });
    expect((await give({ tutorId: tutor.id }, ['patient'])).removed).toHaveLength(1);
    expect(await namesOf(tutor.id)).toEqual(['Patient']);
  });

  it('are one list for all: the same word in another case is the same tag', async () => {
    const [tutor, student] = [await aTutor(db), await aStudent(db)];
    await give({ tutorId: tutor.id }, ['Chess']);
    await give({ studentId: student.id }, ['chess']);
    const [tag] = (await listNamed(db, 'tag')).filter((row) => row.name.toLowerCase() === 'chess');
    expect(tag).toMatchObject({ name: 'Chess', uses: { tutors: 1, students: 1, clients: 0 } });
  });

  it('that many make at once are made once', async () => {
    const tutors = await Promise.all(Array.from({ length: 6 }, () => aTutor(db)));
    await Promise.all(tutors.map((tutor, i) => give({ tutorId: tutor.id }, i % 2 ? ['Robots', 'Snow'] : ['Snow', 'Robots'])));
    expect((await listNamed(db, 'tag')).filter((row) => row.name === 'Snow')).toMatchObject([{ uses: { tutors: 6 } }]);
  });

  it('that are archived stay where they are and are offered to nobody, until somebody gives one again', async () => {
    const [had, gets] = [await aTutor(db), await aTutor(db)];
    await give({ tutorId: had.id }, ['Retired word']);
    const tag = (await listNamed(db, 'tag')).find((row) => row.name === 'Retired word');
    await arrangeNamed(db, ctx, system, 'tag', { id: tag?.id ?? '', to: 'archive' });
    await give({ tutorId: had.id }, ['Retired word', 'Kind']);
    expect(await namesOf(had.id)).toEqual(['Kind', 'Retired word']);
    expect(await listTagChoices(db)).not.toContain('Retired word');
    await db.transaction().execute((trx) => addTags(trx, [{ tutorId: gets.id }], ['retired word']));
    expect(await listTagChoices(db)).toContain('Retired word');
  });

  it('come from a form as names with commas between, each once', () => {
    expect(tagNames.parse(' Chess, exam coach ,,chess')).toEqual(['chess', 'exam coach']);
    expect(tagNames.parse(undefined)).toEqual([]);
    expect(tagNames.safeParse('x'.repeat(41)).success).toBe(false);
  });
});

describe('levels', () => {
  it('stand in the order the admin gives them', async () => {
    for (const name of ['Primary', 'High school', 'Middle school']) await addNamed(db, ctx, system, 'level', { name });
    const [, high] = await listNamed(db, 'level');
    await arrangeNamed(db, ctx, system, 'level', { id: high?.id ?? '', to: 'down' });
    await arrangeNamed(db, ctx, system, 'level', { id: high?.id ?? '', to: 'down' });
    expect(await order()).toEqual(['Primary', 'Middle school', 'High school']);
    expect(await listAudit(db, { subjectType: 'level', subjectId: high?.id })).toHaveLength(2);
  });

  it('have one name each, and a renamed one is refused the name of another', async () => {
    const [primary, middle] = await listNamed(db, 'level');
    await expect(addNamed(db, ctx, system, 'level', { name: 'PRIMARY' })).rejects.toMatchObject({ field: 'name' });
    await expect(
      renameNamed(db, ctx, system, 'level', { id: middle?.id ?? '', version: 1, name: 'primary' }),
    ).rejects.toMatchObject({ code: 'invalid_value', field: 'name' });
    await renameNamed(db, ctx, system, 'level', { id: primary?.id ?? '', version: 1, name: 'Elementary' });
    await expect(
      renameNamed(db, ctx, system, 'level', { id: primary?.id ?? '', version: 1, name: 'Primary' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('that are archived are offered to who has them alone, and come back at the end', async () => {
    const [first] = await listNamed(db, 'level');
    const id = first?.id ?? '';
    await arrangeNamed(db, ctx, system, 'level', { id, to: 'archive' });
    expect((await listNamedChoices(db, 'level')).map((level) => level.id)).not.toContain(id);
    expect(await listNamedChoices(db, 'level', [id])).toContainEqual({ id, name: 'Elementary', archived: true });
    await arrangeNamed(db, ctx, system, 'level', { id, to: 'restore' });
    expect(await order()).toEqual(['Middle school', 'High school', 'Elementary']);
    expect(await getNamed(db, 'level', id)).toMatchObject({ archivedAt: null });
  });
});
