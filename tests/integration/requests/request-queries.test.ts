import { describe, expect, it } from 'vitest';
import { editRequest } from '#app/domain/requests/edit-request.server.ts';
import {
  COLUMN_LIMIT,
  countOpenRequests,
  countRequests,
  getRequest,
  listBoard,
  listRequests,
} from '#app/domain/requests/queries.server.ts';
import { requestEditSchema } from '#app/domain/requests/request.schema.ts';
import { readRequestFilter } from '#app/domain/requests/request-filter.ts';
import { anOrganisation, aRequest, aStudent, aSubject, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const NOW = ctx.clock();
const maths = await aSubject(db, { name: 'Maths' });
const office = await aUser(db, { roles: ['scheduler'] });
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const filter = (search: string) => readRequestFilter(new URLSearchParams(search));

describe('the pipeline', () => {
  it('shows a bounded number of cards a column, the urgent first, and counts them all', async () => {
    const student = await aStudent(db, { firstName: 'Crowd' });
    for (let n = 0; n < COLUMN_LIMIT.open + 5; n++)
      await aRequest(db, { studentId: student.id, subjectId: maths.id, stage: 'Matching', stageSince: daysAgo(n / 10) });
    const urgent = await aRequest(db, {
      studentId: student.id,
      subjectId: maths.id,
      stage: 'Matching',
      urgency: 'high',
      stageSince: NOW,
    });
    const { cards, counts } = await listBoard(db, NOW, filter('q=crowd'));
    expect(cards).toHaveLength(COLUMN_LIMIT.open);
    expect(cards[0]?.id).toBe(urgent.id);
    expect(counts.get(urgent.stageId)).toBe(COLUMN_LIMIT.open + 6);
  });

  it('finds a student whatever the accents, a reference, and everybody’s words together', async () => {
    const student = await aStudent(db, { firstName: 'Zoë', lastName: 'Žižek' });
    const request = await aRequest(db, { studentId: student.id, subjectId: maths.id });
    const found = async (q: string) => (await listRequests(db, NOW, { q })).map((row) => row.id);
    expect(await found('zizek zoe')).toEqual([request.id]);
    expect(await found(`${request.ref} maths`)).toEqual([request.id]);
    expect(await found('zizek physics')).toEqual([]);
  });

  it('marks what stands longer in its stage than that should take, and never what is closed or has no such limit', async () => {
    const [late, fresh] = [await aRequest(db, { stageSince: daysAgo(1.1) }), await aRequest(db, { stageSince: daysAgo(0.9) })];
    const won = await aRequest(db, { stage: 'Engaged', stageSince: daysAgo(90), closedAt: daysAgo(90) });
    const ageing = (id: string) => getRequest(db, NOW, id).then((row) => row.ageing);
    expect(await Promise.all([late, fresh, won].map(({ id }) => ageing(id)))).toEqual([true, false, false]);
    const listed = await listRequests(db, NOW, filter('ageing=1'));
    expect(listed.map((row) => row.id)).toContain(late.id);
    expect(listed.map((row) => row.id)).not.toContain(fresh.id);
  });

  it('is narrowed to who works on it, and to nobody', async () => {
    const mine = await aRequest(db, { assigneeId: office.id });
    expect((await listRequests(db, NOW, filter(`assignee=${office.id}`))).map((row) => row.id)).toEqual([mine.id]);
    const nobodys = await listRequests(db, NOW, filter('assignee=none'), { limit: 500 });
    expect(nobodys.some((row) => row.id === mine.id)).toBe(false);
    expect(await countRequests(db, NOW, filter('assignee=none'))).toBe(nobodys.length);
  });

  it('counts for the day’s page what is open, new and late', async () => {
    const before = await countOpenRequests(db, NOW);
    await aRequest(db, { stageSince: daysAgo(5) });
    await aRequest(db, { stage: 'Lost', closedAt: NOW });
    expect(await countOpenRequests(db, NOW)).toEqual({ open: before.open + 1, new: before.new + 1, ageing: before.ageing + 1 });
  });
});

describe('editing a request', () => {
  const edit = (of: { id: string; version: number; subjectId: string | null }, over: Record<string, unknown>) =>
    editRequest(db, ctx, { userId: office.id, kind: 'user' }, requestEditSchema.parse({ ...of, ...over }));

  it('over somebody else’s change is refused, and says who was first', async () => {
    const request = await aRequest(db, { subjectId: maths.id });
    await edit(request, { sessionsPerWeek: 2, sessionMinutes: 45 });
    await expect(edit(request, { sessionsPerWeek: 3 })).rejects.toMatchObject({ code: 'conflict', details: { version: 2 } });
    expect(await getRequest(db, NOW, request.id)).toMatchObject({ sessionsPerWeek: 2, sessionMinutes: 45, version: 2 });
  });

  it('that changes nothing leaves no line in the log, and new times leave one without the times', async () => {
    const request = await aRequest(db, { subjectId: maths.id });
    await edit(request, {});
    expect(await getRequest(db, NOW, request.id)).toMatchObject({ version: 1 });
    await edit(request, { times: [{ weekday: 3, startMinute: 900, endMinute: 960, wished: true }], tags: 'Calm' });
    const { times } = await getRequest(db, NOW, request.id);
    expect(times).toEqual([{ weekday: 3, startMinute: 900, endMinute: 960, wished: true }]);
    const lines = await db.selectFrom('auditLog').select('after').where('subjectId', '=', request.id).execute();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.after).toMatchObject({ times: '·' });
  });

  it('keeps a level that was archived since, and refuses to choose one', async () => {
    const level = await db.insertInto('level').values({ name: 'Ancient' }).returning('id').executeTakeFirstOrThrow();
    const request = await aRequest(db, { subjectId: maths.id, levelId: level.id });
    await db.updateTable('level').set({ archivedAt: NOW }).where('id', '=', level.id).execute();
    await edit(request, { levelId: level.id, urgency: 'high' });
    expect(await getRequest(db, NOW, request.id)).toMatchObject({ urgency: 'high', levelName: 'Ancient' });
    const other = await aRequest(db, { subjectId: maths.id });
    await expect(edit(other, { levelId: level.id })).rejects.toMatchObject({ field: 'levelId' });
  });
});
