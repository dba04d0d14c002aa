import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { mergePeople } from '#app/domain/merging/merge-people.server.ts';
import { listReferences, MERGE_KINDS, type MergeKind } from '#app/domain/merging/references.server.ts';
import { undoMerge } from '#app/domain/merging/undo-merge.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { aClient, anOrganisation, aProgram, aRequest, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const maths = await aSubject(db, { name: 'Maths' });
const physics = await aSubject(db, { name: 'Physics' });
const program = await aProgram(db);
const admin = await aUser(db, { roles: ['admin'] });
const actor = { userId: admin.id, kind: 'user' } as const;

/** All rows of all tables but the log, the merges and what counts versions: what must be the same again. */
async function everything(): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND c.relname NOT IN ('audit_log', 'merge', 'schema_migration') ORDER BY 1`.execute(db);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      SELECT (to_jsonb(r) - 'version' - 'updated_at')::text AS row FROM ${sql.table(name)} r ORDER BY 1`.execute(db);
    all[name] = rows.map((row) => row.row);
  }
  return all;
}

const book = (tutorId: string, studentId: string, wallStart: string) =>
  bookSession(db, ctx, actor, {
    tutorId,
    programId: program.id,
    subjectId: maths.id,
    studentIds: [studentId],
    wallStart,
    zone: 'Europe/Dublin',
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Library',
  } as never);
const idOf = async (kind: MergeKind, id: string) =>
  (await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(kind)} WHERE id = ${id}`.execute(db)).rows[0] ?? {};

describe('two records of one person', () => {
  it('made one and split again lose nothing: every row of every table is as it was', async () => {
    const tags = await db
      .insertInto('tag')
      .values([{ name: 'VIP' }, { name: 'Exam' }])
      .returning('id')
      .execute();
    const [keep, other] = [
      await aTutor(db, { subjectIds: [maths.id], phone: null }),
      await aTutor(db, { subjectIds: [maths.id, physics.id], phone: '555' }),
    ];
    const student = await aStudent(db);
    const level = await db.insertInto('level').values({ name: 'Primary' }).returning('id').executeTakeFirstOrThrow();
    await db.insertInto('tutorSubjectLevel').values({ tutorId: other.id, subjectId: physics.id, levelId: level.id }).execute();
    for (const tutorId of [keep.id, other.id])
      await db
        .insertInto('tagUse')
        .values({ tagId: tags[0]?.id ?? '', tutorId })
        .execute();
    await db
      .insertInto('tagUse')
      .values({ tagId: tags[1]?.id ?? '', tutorId: other.id })
      .execute();
    await db.insertInto('note').values({ tutorId: other.id, body: 'Knows the school' }).execute();
    await db.insertInto('tutorExclusion').values({ tutorId: other.id, studentId: student.id }).execute();
    await book(other.id, student.id, '2026-04-06T16:00');
    const before = await everything();

    const { id } = await mergePeople(db, ctx, actor, { kind: 'tutor', keepId: keep.id, mergeId: other.id });
    expect(await mergePeople(db, ctx, actor, { kind: 'tutor', keepId: keep.id, mergeId: other.id })).toEqual({ id });
    const kept = await idOf('tutor', keep.id);
    expect(kept.phone).toBe('555');
    const of = async (table: string) =>
      Number(
        (await sql<{ n: bigint }>`SELECT count(*) AS n FROM ${sql.table(table)} WHERE tutor_id = ${keep.id}`.execute(db)).rows[0]
          ?.n,
      );
    expect({
      sessions: await of('session'),
      tags: await of('tag_use'),
      notes: await of('note'),
      subjects: await of('tutor_subject'),
      levels: await of('tutor_subject_level'),
      exclusions: await of('tutor_exclusion'),
    }).toEqual({ sessions: 1, tags: 2, notes: 1, subjects: 2, levels: 1, exclusions: 1 });
    expect((await idOf('tutor', other.id)).archivedAt).not.toBeNull();

    await undoMerge(db, ctx, actor, { mergeId: id });
    await undoMerge(db, ctx, actor, { mergeId: id });
    expect(await everything()).toEqual(before);
  });

  it('what came to the kept one since stays with it, and a value somebody changed since too', async () => {
    const [keep, other] = [await aClient(db, { phone: null }), await aClient(db, { phone: '777', address: '1 Main St' })];
    const { id } = await mergePeople(db, ctx, actor, { kind: 'client', keepId: keep.id, mergeId: other.id });
    await db.updateTable('client').set({ phone: '888' }).where('id', '=', keep.id).execute();
    const note = await db.insertInto('note').values({ clientId: keep.id, body: 'New' }).returning('id').executeTakeFirstOrThrow();
    await undoMerge(db, ctx, actor, { mergeId: id });
    expect(await idOf('client', keep.id)).toMatchObject({ phone: '888', address: '' });
    expect(await idOf('client', other.id)).toMatchObject({ phone: '777', address: '1 Main St', archivedAt: null });
    const still = await db.selectFrom('note').select('clientId').where('id', '=', note.id).executeTakeFirstOrThrow();
    expect(still.clientId).toBe(keep.id);
  });

  it('a family that is merged brings its children and requests, and who signs in', async () => {
    const user = await aUser(db, { roles: ['client'] });
    const [keep, other] = [await aClient(db), await aClient(db, { userId: user.id })];
    const child = await aStudent(db, { clientId: other.id });
    const request = await aRequest(db, { studentId: child.id });
    const { id } = await mergePeople(db, ctx, actor, { kind: 'client', keepId: keep.id, mergeId: other.id });
    expect(await idOf('student', child.id)).toMatchObject({ clientId: keep.id });
    const moved = await db.selectFrom('request').select('clientId').where('id', '=', request.id).executeTakeFirstOrThrow();
    expect(moved.clientId).toBe(keep.id);
    expect(await idOf('client', keep.id)).toMatchObject({ userId: user.id });
    await undoMerge(db, ctx, actor, { mergeId: id });
    expect(await idOf('client', other.id)).toMatchObject({ userId: user.id });
  });

  it('who is planned twice at one time is not made one', async () => {
    const family = await aClient(db);
    const [keep, other] = [await aStudent(db, { clientId: family.id }), await aStudent(db, { clientId: family.id })];
    const [ann, ben] = [await aTutor(db, { subjectIds: [maths.id] }), await aTutor(db, { subjectIds: [maths.id] })];
    await book(ann.id, keep.id, '2026-04-07T16:00');
    await book(ben.id, other.id, '2026-04-07T16:30');
    const before = await everything();
    await expect(mergePeople(db, ctx, actor, { kind: 'student', keepId: keep.id, mergeId: other.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('planned at the same time'),
    });
    expect(await everything()).toEqual(before);
  });

  it('two students who both write with the same tutor stay two, and it is said why', async () => {
    const [keep, other] = [await aStudent(db), await aStudent(db)];
    const tutor = await aTutor(db);
    await db
      .insertInto('conversation')
      .values([keep, other].map(({ id }) => ({ tutorId: tutor.id, studentId: id })))
      .execute();
    await expect(mergePeople(db, ctx, actor, { kind: 'student', keepId: keep.id, mergeId: other.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('between the same tutor and family'),
    });
  });

  it('whoever has money in the books is the one that is kept, and two who have are not merged', async () => {
    const [rich, poor, richer] = [await aClient(db), await aClient(db), await aClient(db)];
    for (const { id } of [rich, richer]) {
      await db.insertInto('payment').values({ clientId: id, amount: 100n, receivedOn: '2026-03-01', method: 'cash' }).execute();
    }
    const merge = (keepId: string, mergeId: string) => mergePeople(db, ctx, actor, { kind: 'client', keepId, mergeId });
    await expect(merge(poor.id, rich.id)).rejects.toMatchObject({ message: expect.stringContaining('keep it') });
    await expect(merge(richer.id, rich.id)).rejects.toMatchObject({ message: expect.stringContaining('Both have entries') });
    await expect(merge(rich.id, poor.id)).resolves.toHaveProperty('id');
    await expect(merge(rich.id, rich.id)).rejects.toMatchObject({ code: 'invalid_value' });
  });

  it('a merge on which another was built is undone after that one', async () => {
    const [a, b, c] = [await aClient(db), await aClient(db), await aClient(db)];
    const first = await mergePeople(db, ctx, actor, { kind: 'client', keepId: a.id, mergeId: b.id });
    const second = await mergePeople(db, ctx, actor, { kind: 'client', keepId: c.id, mergeId: a.id });
    await expect(undoMerge(db, ctx, actor, { mergeId: first.id })).rejects.toMatchObject({ code: 'conflict' });
    await undoMerge(db, ctx, actor, { mergeId: second.id });
    await undoMerge(db, ctx, actor, { mergeId: first.id });
    expect(await idOf('client', b.id)).toMatchObject({ archivedAt: null });
  });

  it.each(MERGE_KINDS)('every reference to a %s that can be there twice is one of one column', async (kind) => {
    const references = await listReferences(db, kind);
    expect(references.length).toBeGreaterThan(5);
    const { rows } = await sql<{ table: string }>`
      SELECT conrelid::regclass::text AS table FROM pg_constraint
      WHERE contype = 'f' AND confrelid = ${kind}::regclass AND cardinality(conkey) > 1`.execute(db);
    expect(rows).toEqual([]);
  });
});
