import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { addNote } from '#app/domain/notes/add-note.server.ts';
import { editNote } from '#app/domain/notes/edit-note.server.ts';
import { findNote } from '#app/domain/notes/queries.server.ts';
import { removeNote } from '#app/domain/notes/remove-note.server.ts';
import type { Visibility } from '#app/domain/people/about.ts';
import { loader as editPage } from '#app/routes/office.notes.$id/route.tsx';
import { loader as requestPage } from '#app/routes/office.requests.$id/route.tsx';
import { loader as overview } from '#app/routes/office.students.$id/route.tsx';
import { action as act, loader as page } from '#app/routes/office.students.$id_.notes/route.tsx';
import { anOrganisation, aRequest, aStudent, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
let actor: Actor;
let studentId: string;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  await anOrganisation(db);
  studentId = (await aStudent(db)).id;
  for (const role of ['owner', 'scheduler', 'client', 'tutor'] as const) {
    const user = await aUser(db, { roles: [role] });
    if (role === 'owner') actor = { kind: 'user', userId: user.id };
    cookies[role] = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null })}`;
  }
});

const add = (body: string, visibility: Visibility = 'office', pinned = false) =>
  addNote(db, ctx, actor, { about: { studentId }, body, visibility, pinned });
const see = (who: string, handler: unknown, id = studentId) => visit(ctx, handler, { cookie: cookies[who], params: { id } });
const send = (who: string, form: Record<string, string>) =>
  visit(ctx, act, { cookie: cookies[who], params: { id: studentId }, form, path: `/office/students/${studentId}/notes` });

describe('who sees a note', () => {
  it('what only owner and admin see is on no page of a scheduler, not even pinned, and can’t be opened or removed by them', async () => {
    const { id } = await add('canary-admins', 'admins', true);
    for (const handler of [page, overview]) {
      expect(JSON.stringify((await see('owner', handler)).body)).toContain('canary-admins');
      expect(JSON.stringify((await see('scheduler', handler)).body)).not.toContain('canary-admins');
    }
    const lines = async (who: string) => JSON.stringify(((await see(who, overview)).body as { history: unknown }).history);
    expect(await lines('owner')).toContain('Note written');
    expect(await lines('scheduler')).not.toContain('Note written');
    expect((await see('scheduler', editPage, id)).status).toBe(404);
    expect((await send('scheduler', { intent: 'remove-note', what: id })).status).toBe(404);
    expect(await findNote(db, id, ctx.clock())).toBeDefined();
  });

  it('that there is one about a request which only owner and admin see is not said in its history to a scheduler', async () => {
    const { id } = await aRequest(db);
    await addNote(db, ctx, actor, { about: { requestId: id }, body: 'canary-request', visibility: 'admins', pinned: false });
    const lines = async (who: string) => JSON.stringify(((await see(who, requestPage, id)).body as { history: unknown }).history);
    expect(await lines('owner')).toContain('Note written');
    expect(await lines('scheduler')).not.toContain('Note written');
  });

  it('a scheduler hides nothing from themselves', async () => {
    const answer = await send('scheduler', { intent: 'add-note', body: 'mine', visibility: 'admins' });
    expect(answer.status).toBe(404);
    expect(JSON.stringify((await see('owner', page)).body)).not.toContain('"mine"');
  });

  it('neither a family nor a tutor gets to the office’s page of notes', async () => {
    for (const who of ['client', 'tutor']) {
      expect((await see(who, page)).status).toBe(403);
      expect((await send(who, { intent: 'add-note', body: 'x', visibility: 'office' })).status).toBe(403);
    }
  });
});

describe('the page', () => {
  it('keeps a note and shows it, the pinned first', async () => {
    await send('scheduler', { intent: 'add-note', body: 'Allergic to nuts', visibility: 'tutor', pinned: 'on' });
    await send('scheduler', { intent: 'add-note', body: 'Likes maps', visibility: 'office' });
    const { notes } = (await see('scheduler', page)).body as { notes: { body: string; author: string }[] };
    expect(notes.map((note) => note.body)).toEqual(['Allergic to nuts', 'Likes maps']);
    expect((await see('scheduler', overview)).body).toMatchObject({ pinned: [{ body: 'Allergic to nuts' }] });
  });

  it('says what is missing at its field and keeps the rest', async () => {
    const answer = await send('owner', { intent: 'add-note', body: ' ', visibility: 'family' });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { errors: { body: 'Write the note' }, values: { visibility: ['family'], intent: ['add-note'] } },
    ]);
    const file = await send('owner', { intent: 'add-file', visibility: 'family' });
    expect([file.status, file.body]).toMatchObject([400, { errors: { file: 'This file is empty. Choose another.' } }]);
  });
});

it('pressing the button twice writes one note, and removing twice is no error', async () => {
  const [first, second] = await Promise.all([add('twice'), add('twice')]);
  expect(first?.id).toBe(second?.id);
  await removeNote(db, ctx, actor, { id: first.id });
  await removeNote(db, ctx, actor, { id: first.id });
  expect(await findNote(db, first.id, ctx.clock())).toBeUndefined();
});

it('of two who edit one note the second is told, and nothing of the first is lost', async () => {
  const { id } = await add('as it was');
  const edit = (body: string) => editNote(db, ctx, actor, { id, version: 1, body, visibility: 'family', pinned: false });
  await edit('first');
  await expect(edit('second')).rejects.toMatchObject({ code: 'conflict' });
  expect(await findNote(db, id, ctx.clock())).toMatchObject({ body: 'first', visibility: 'family', version: 2 });
});

it('the log says that there was a note and who saw it, never what it said', async () => {
  const { id } = await add('canary-log');
  await editNote(db, ctx, actor, { id, version: 1, body: 'canary-log-2', visibility: 'tutor', pinned: true });
  await removeNote(db, ctx, actor, { id });
  const log = await db.selectFrom('auditLog').select(['action', 'before', 'after']).where('subjectId', '=', studentId).execute();
  expect(log.filter((row) => JSON.stringify(row).includes(id)).map((row) => row.action)).toEqual([
    'note.add',
    'note.edit',
    'note.remove',
  ]);
  expect(JSON.stringify(log)).not.toContain('canary-log');
});
