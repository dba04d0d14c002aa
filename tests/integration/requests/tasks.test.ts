import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chaseAgeingRequests } from '#app/domain/requests/chase-ageing-requests.server.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { addTask } from '#app/domain/tasks/add-task.server.ts';
import { editTask } from '#app/domain/tasks/edit-task.server.ts';
import { editTaskRule } from '#app/domain/tasks/edit-task-rule.server.ts';
import { finishTask } from '#app/domain/tasks/finish-task.server.ts';
import { countDueTasks, listTaskRules, listTasks } from '#app/domain/tasks/queries.server.ts';
import { newTaskSchema, taskRuleSchema } from '#app/domain/tasks/task.schema.ts';
import { anOrganisation, aRequest, aStudent, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const TODAY = '2026-03-02';
const ada = await aUser(db, { roles: ['scheduler'], name: 'Ada' });
const actor = { userId: ada.id, kind: 'user' } as const;
const add = (over: Record<string, unknown>) => addTask(db, ctx, actor, newTaskSchema.parse({ title: 'Ring back', ...over }));

describe('a task', () => {
  it('is made once, however often its form is sent, and hangs on whom it is about', async () => {
    const student = await aStudent(db, { firstName: 'Nora', lastName: 'Byrne' });
    const id = randomUUID();
    await Promise.all([1, 2].map(() => add({ id, about: `student:${student.id}` })));
    const rows = await listTasks(db, TODAY, { about: { kind: 'student', id: student.id } });
    expect(rows).toMatchObject([{ id, aboutKind: 'student', aboutName: 'Nora Byrne', doneAt: null }]);
    expect((await listTasks(db, TODAY, { q: 'nora ring' })).map((row) => row.id)).toEqual([id]);
  });

  it('about nobody who is there, or for somebody outside the office, is refused at the field', async () => {
    await expect(add({ about: `tutor:${randomUUID()}` })).rejects.toMatchObject({ field: 'about' });
    const outsider = await aUser(db, { roles: ['client'] });
    await expect(add({ assigneeId: outsider.id })).rejects.toMatchObject({ field: 'assigneeId' });
    const gone = await aUser(db, { roles: ['admin'], disabledAt: new Date() });
    await expect(add({ assigneeId: gone.id })).rejects.toMatchObject({ field: 'assigneeId' });
  });

  it('is late from the day after its day, and counts as due for whom it is and for nobody', async () => {
    const bea = await aUser(db, { roles: ['admin'] });
    const before = await countDueTasks(db, TODAY, bea.id);
    const late = await add({ assigneeId: bea.id, dueOn: '2026-03-01' });
    const today = await add({ assigneeId: bea.id, dueOn: TODAY });
    await add({ assigneeId: bea.id, dueOn: '2026-03-03' });
    await add({ assigneeId: ada.id, dueOn: TODAY });
    await add({ dueOn: TODAY });
    const rows = await listTasks(db, TODAY, { assignee: bea.id });
    expect(rows.slice(0, 2)).toMatchObject([
      { id: late.id, overdue: true, today: false },
      { id: today.id, overdue: false, today: true },
    ]);
    expect(await countDueTasks(db, TODAY, bea.id)).toEqual({ due: before.due + 3, overdue: before.overdue + 1 });
  });

  it('is done once by whoever is first, and can be opened again', async () => {
    const { id } = await add({});
    const bea = await aUser(db, { roles: ['scheduler'] });
    await Promise.all([ada.id, bea.id].map((userId) => finishTask(db, ctx, { userId, kind: 'user' }, { id, done: true })));
    const lines = await db
      .selectFrom('auditLog')
      .select('action')
      .where('subjectId', '=', id)
      .where('action', '=', 'task.finish')
      .execute();
    expect(lines).toHaveLength(1);
    await finishTask(db, ctx, actor, { id, done: false });
    expect((await listTasks(db, TODAY, { ids: [id] }))[0]).toMatchObject({ doneAt: null, doneByName: null });
  });

  it('is not saved over somebody else’s change', async () => {
    const { id } = await add({});
    const values = { id, title: 'Ring the school', body: '', assigneeId: null, dueOn: null };
    await editTask(db, ctx, actor, { ...values, version: 1 });
    await expect(editTask(db, ctx, actor, { ...values, title: 'Other', version: 1 })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves no name in the log', async () => {
    const tutor = await aTutor(db, { firstName: 'Tess', lastName: 'Quiet' });
    const { id } = await add({ title: 'Ask Tess Quiet', about: `tutor:${tutor.id}` });
    const lines = await db.selectFrom('auditLog').select('after').where('subjectId', '=', id).execute();
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toMatch(/Tess|Quiet/);
  });
});

describe('a request that stands too long', () => {
  const day = (n: number) => ctx.setNow(new Date(Date.UTC(2026, 2, 2 + n, 9)));

  it('makes one task for each time it stands there, and its next step settles it', async () => {
    day(0);
    const request = await aRequest(db, { stageSince: ctx.clock() });
    const tasksOf = async () =>
      (await listTasks(db, TODAY, { about: { kind: 'request', id: request.id } })).map((row) => row.doneAt);
    await chaseAgeingRequests(db, ctx);
    expect(await tasksOf()).toEqual([]);
    day(2);
    await Promise.all([chaseAgeingRequests(db, ctx), chaseAgeingRequests(db, ctx)]);
    await chaseAgeingRequests(db, ctx);
    expect(await tasksOf()).toEqual([null]);
    await moveRequest(db, ctx, actor, { id: request.id, to: { kind: 'working' } });
    expect(await tasksOf()).toEqual([ctx.clock()]);
    day(9);
    await chaseAgeingRequests(db, ctx);
    expect((await tasksOf()).filter((done) => done === null)).toHaveLength(1);
    day(0);
  });
});

describe('the rule of an event', () => {
  it('comes with the product until an admin sets it, and two admins at once don’t overwrite each other', async () => {
    const rule = async () => (await listTaskRules(db)).find(({ event }) => event === 'clearance_expiring');
    expect(await rule()).toMatchObject({ enabled: true, dueInDays: 7, version: 0 });
    const set = (dueInDays: number) =>
      editTaskRule(
        db,
        actor,
        taskRuleSchema.parse({
          event: 'clearance_expiring',
          enabled: 'on',
          title: 'Renew',
          dueInDays,
          assigneeId: '',
          version: 0,
        }),
      );
    const results = await Promise.allSettled([set(3), set(5)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rule()).toMatchObject({ title: 'Renew', version: 1 });
  });
});
