import { describe, expect, it } from 'vitest';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import { anOrganisation, aProgram, aRequest, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const ada = await aUser(db, { roles: ['scheduler'], name: 'Ada' });
const actor = { userId: ada.id, kind: 'user' } as const;
const stages = new Map(
  (await db.selectFrom('requestStage').select(['id', 'name']).execute()).map((stage) => [stage.name, stage.id]),
);
const stage = (name: string) => stages.get(name) ?? '';

const where = async (id: string) => {
  const row = await db
    .selectFrom('request')
    .innerJoin('requestStage', 'requestStage.id', 'request.stageId')
    .select(['requestStage.name', 'closedAt', 'closedReason'])
    .where('request.id', '=', id)
    .executeTakeFirstOrThrow();
  return { stage: row.name, closed: row.closedAt !== null, reason: row.closedReason };
};

describe('moving a request', () => {
  it('two people drag the same card at once: one moves it, the other is told who did and where it is', async () => {
    const { id } = await aRequest(db);
    const drag = (to: string) => moveRequest(db, ctx, actor, { id, to: { stageId: stage(to) }, fromStageId: stage('New') });
    const results = await Promise.allSettled([drag('In contact'), drag('Matching')]);
    const lost = results.find((result) => result.status === 'rejected');
    const { stage: now } = await where(id);
    expect(lost?.reason).toMatchObject({ code: 'conflict', message: `Ada moved it to ${now} meanwhile. It stays there.` });
    const moves = await db.selectFrom('auditLog').select('id').where('subjectId', '=', id).execute();
    expect(moves).toHaveLength(1);
  });

  it('the same move sent twice is done once', async () => {
    const { id } = await aRequest(db);
    const move = () => moveRequest(db, ctx, actor, { id, to: { stageId: stage('Matching') }, fromStageId: stage('New') });
    await Promise.all([move(), move()]);
    const moves = await db.selectFrom('auditLog').select('action').where('subjectId', '=', id).execute();
    expect(moves).toEqual([{ action: 'request.move' }]);
  });

  it('to lost needs a reason, closes it, and reopening takes both back', async () => {
    const { id } = await aRequest(db);
    await expect(moveRequest(db, ctx, actor, { id, to: { kind: 'lost' } })).rejects.toMatchObject({ field: 'reason' });
    await moveRequest(db, ctx, actor, { id, to: { kind: 'lost' }, reason: ' Too dear ' });
    expect(await where(id)).toEqual({ stage: 'Lost', closed: true, reason: 'Too dear' });
    await moveRequest(db, ctx, actor, { id, to: { kind: 'new' } });
    expect(await where(id)).toEqual({ stage: 'New', closed: false, reason: '' });
  });

  it('by the product leaves it where a person put it, if that is of the kind', async () => {
    const { id } = await aRequest(db, { stage: 'Matching' });
    await moveRequest(db, ctx, actor, { id, to: { kind: 'working' } });
    expect((await where(id)).stage).toBe('Matching');
  });

  it('to an archived stage is refused', async () => {
    const old = await db
      .insertInto('requestStage')
      .values({ name: 'Trial', kind: 'working', position: 9, archivedAt: new Date() })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await aRequest(db);
    await expect(moveRequest(db, ctx, actor, { id, to: { stageId: old.id } })).rejects.toMatchObject({ field: 'stageId' });
  });

  it('is not closed while an offer of it is out', async () => {
    const request = await aRequest(db);
    const program = await aProgram(db);
    await db
      .insertInto('offer')
      .values({
        requestId: request.id,
        kind: 'one',
        programId: program.id,
        subjectId: request.subjectId ?? '',
        terms: '{}',
        answerHours: 48,
      })
      .execute();
    await expect(
      moveRequest(db, ctx, actor, { id: request.id, to: { kind: 'lost' }, reason: 'Moved away' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await moveRequest(db, ctx, actor, { id: request.id, to: { kind: 'offered' } });
    expect((await where(request.id)).stage).toBe('Offered');
  });

  it('settles the tasks that waited for it, and leaves those made by hand', async () => {
    const { id } = await aRequest(db);
    await inTransaction(db, (trx) => raiseTask(trx, ctx, { event: 'enquiry_received', key: id, about: { requestId: id } }));
    await db.insertInto('task').values({ title: 'Ring the school', requestId: id }).execute();
    await moveRequest(db, ctx, actor, { id, to: { stageId: stage('In contact') } });
    const open = await db.selectFrom('task').select('title').where('requestId', '=', id).where('doneAt', 'is', null).execute();
    expect(open).toEqual([{ title: 'Ring the school' }]);
  });
});

describe('a task that an event asks for', () => {
  it('is made once for the same event, by two workers at once too', async () => {
    const { id } = await aRequest(db);
    const raise = () =>
      inTransaction(db, (trx) => raiseTask(trx, ctx, { event: 'request_ageing', key: `${id}:1`, about: { requestId: id } }));
    const made = await Promise.all([raise(), raise(), raise()]);
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  it('goes as the rule says: its title, its days, to whom it names, else to who works on the request', async () => {
    const mine = await aRequest(db, { assigneeId: ada.id });
    const raise = (key: string) =>
      inTransaction(db, (trx) => raiseTask(trx, ctx, { event: 'offer_exhausted', key, about: { requestId: mine.id } }));
    const read = async (id: string | null) =>
      db
        .selectFrom('task')
        .select(['title', 'assigneeId', 'dueOn'])
        .where('id', '=', id ?? '')
        .executeTakeFirst();
    expect(await read(await raise('1'))).toEqual({ title: 'Find another tutor', assigneeId: ada.id, dueOn: '2026-03-02' });
    const bea = await aUser(db, { roles: ['admin'] });
    const rule = { event: 'offer_exhausted', title: 'Search on', dueInDays: 3, assigneeId: bea.id };
    await db
      .insertInto('taskRule')
      .values({ ...rule, enabled: true })
      .execute();
    expect(await read(await raise('2'))).toEqual({ title: 'Search on', assigneeId: bea.id, dueOn: '2026-03-05' });
    await db.updateTable('taskRule').set({ enabled: false }).execute();
    expect(await raise('3')).toBeNull();
  });
});
