import { describe, expect, it } from 'vitest';
import { addStage } from '#app/domain/requests/add-stage.server.ts';
import { arrangeStage } from '#app/domain/requests/arrange-stage.server.ts';
import { editStage } from '#app/domain/requests/edit-stage.server.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { getStage, getStageOfKind, listStages } from '#app/domain/requests/stages.server.ts';
import { anOrganisation, aRequest } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const actor = { userId: null, kind: 'system' } as const;
const names = async () => (await listStages(db)).map((stage) => stage.name);
const idOf = async (name: string) => (await listStages(db, { archived: true })).find((stage) => stage.name === name)?.id ?? '';
const arrange = async (name: string, to: 'up' | 'down' | 'archive' | 'restore') =>
  arrangeStage(db, ctx, actor, { id: await idOf(name), to });

describe('the stages of requests', () => {
  it('a new one stands behind the open ones and before those that close, and is moved by a place', async () => {
    await addStage(db, actor, { name: 'Trial lesson', kind: 'working', ageingDays: 7 });
    expect(await names()).toEqual(['New', 'In contact', 'Matching', 'Offered', 'Trial lesson', 'Engaged', 'Lost']);
    await arrange('Trial lesson', 'up');
    await arrange('New', 'up');
    expect(await names()).toEqual(['New', 'In contact', 'Matching', 'Trial lesson', 'Offered', 'Engaged', 'Lost']);
  });

  it('the last of its kind can neither be archived nor made another kind', async () => {
    await expect(arrange('Lost', 'archive')).rejects.toMatchObject({ code: 'invalid_value' });
    const lost = await getStage(db, await idOf('Lost'));
    await expect(
      editStage(db, actor, { id: lost.id, version: lost.version, name: 'Lost', kind: 'working', ageingDays: null }),
    ).rejects.toMatchObject({ field: 'kind' });
  });

  it('one that is archived in use keeps its requests, takes no more, and lets them go', async () => {
    await addStage(db, actor, { name: 'Waiting', kind: 'working', ageingDays: null });
    const stuck = await aRequest(db, { stage: 'Waiting' });
    const other = await aRequest(db);
    const id = await idOf('Waiting');
    await arrange('Waiting', 'archive');
    await expect(moveRequest(db, ctx, actor, { id: other.id, to: { stageId: id } })).rejects.toMatchObject({ field: 'stageId' });
    await moveRequest(db, ctx, actor, { id: stuck.id, to: { stageId: await idOf('Matching') } });
    expect(await names()).not.toContain('Waiting');
  });

  it('its kind stays while requests stand in it, its name does not', async () => {
    await aRequest(db, { stage: 'In contact' });
    const { id, version } = await getStage(db, await idOf('In contact'));
    const edit = (kind: 'working' | 'lost') => editStage(db, actor, { id, version, name: 'Called', kind, ageingDays: 3 });
    await expect(edit('lost')).rejects.toMatchObject({ field: 'kind' });
    await edit('working');
    expect(await names()).toContain('Called');
    await expect(edit('working')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('no two in use have one name, whatever its case; an archived name is free, and can’t come back beside its heir', async () => {
    await expect(addStage(db, actor, { name: 'matching', kind: 'working', ageingDays: null })).rejects.toMatchObject({
      field: 'name',
    });
    await addStage(db, actor, { name: 'Second look', kind: 'working', ageingDays: null });
    const first = await idOf('Second look');
    await arrange('Second look', 'archive');
    await addStage(db, actor, { name: 'Second look', kind: 'working', ageingDays: null });
    await expect(arrangeStage(db, ctx, actor, { id: first, to: 'restore' })).rejects.toMatchObject({ field: 'name' });
  });

  it('two admins archive the last two of a kind at once: one stays', async () => {
    await addStage(db, actor, { name: 'Signed', kind: 'won', ageingDays: null });
    const results = await Promise.allSettled([arrange('Engaged', 'archive'), arrange('Signed', 'archive')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await getStageOfKind(db, 'won')).archivedAt).toBeNull();
  });
});
