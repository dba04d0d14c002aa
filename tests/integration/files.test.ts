import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { listFiles } from '#app/domain/files/queries.server.ts';
import { removeFile } from '#app/domain/files/remove-file.server.ts';
import type { About, Visibility } from '#app/domain/people/about.ts';
import { loader as download } from '#app/routes/files.$id/route.ts';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const pdf = (text = 'hello') => Buffer.from(`%PDF-1.7\n${text}`);
let actor: Actor;
let student: string;
let client: string;
let tutor: string;
let engagement: string;
const cookies: Record<string, string> = {};

async function signedIn(name: string, user: { id: string }): Promise<void> {
  cookies[name] = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null })}`;
}

beforeAll(async () => {
  await anOrganisation(db);
  const users = {
    owner: await aUser(db, { roles: ['owner'] }),
    scheduler: await aUser(db, { roles: ['scheduler'] }),
    tutor: await aUser(db, { roles: ['tutor'] }),
    otherTutor: await aUser(db, { roles: ['tutor'] }),
    payer: await aUser(db, { roles: ['client'] }),
    otherFamily: await aUser(db, { roles: ['client'] }),
    student: await aUser(db, { roles: ['student'] }),
  };
  for (const [name, user] of Object.entries(users)) await signedIn(name, user);
  actor = { kind: 'user', userId: users.owner.id };
  tutor = (await aTutor(db, { userId: users.tutor.id })).id;
  await aTutor(db, { userId: users.otherTutor.id });
  client = (await aClient(db, { userId: users.payer.id })).id;
  await aClient(db, { userId: users.otherFamily.id });
  student = (await aStudent(db, { clientId: client, userId: users.student.id })).id;
  const [program, subject] = [await aProgram(db), await aSubject(db)];
  engagement = (await anEngagement(db, { tutorId: tutor, studentId: student, programId: program.id, subjectId: subject.id })).id;
});

const add = (over: { about?: About; name?: string; content?: Uint8Array; visibility?: Visibility } = {}) =>
  addFile(db, ctx, actor, { about: { studentId: student }, name: 'Plan.pdf', content: pdf(), visibility: 'office', ...over });

const get = (who: string, id: string) => visit(ctx, download, { cookie: cookies[who], params: { id }, path: `/files/${id}` });

async function whoGets(id: string): Promise<string[]> {
  const got: string[] = [];
  for (const who of Object.keys(cookies)) if ((await get(who, id)).status === 200) got.push(who);
  return got;
}

describe('who gets a file', () => {
  it.each([
    ['admins', ['owner']],
    ['office', ['owner', 'scheduler']],
    ['tutor', ['owner', 'scheduler', 'tutor']],
    ['family', ['owner', 'scheduler', 'payer', 'student']],
  ] as const)('about a student, shared with %s', async (visibility, readers) => {
    const { id } = await add({ visibility, name: `${visibility}.pdf` });
    expect(await whoGets(id)).toEqual(readers);
  });

  it('about a tutor: the tutor alone beside the office; about a client: who pays, not the student', async () => {
    const ofTutor = await add({ about: { tutorId: tutor }, visibility: 'tutor' });
    expect(await whoGets(ofTutor.id)).toEqual(['owner', 'scheduler', 'tutor']);
    const ofClient = await add({ about: { clientId: client }, visibility: 'family' });
    expect(await whoGets(ofClient.id)).toEqual(['owner', 'scheduler', 'payer']);
  });

  it('a tutor whose engagement has ended gets it no more', async () => {
    const { id } = await add({ visibility: 'tutor', name: 'ended.pdf' });
    await db
      .updateTable('engagement')
      .set({ startsOn: '2026-01-01', endsOn: '2026-03-01' })
      .where('id', '=', engagement)
      .execute();
    expect((await get('tutor', id)).status).toBe(404);
    await db.updateTable('engagement').set({ endsOn: '2026-03-02' }).where('id', '=', engagement).execute();
    expect((await get('tutor', id)).status).toBe(200);
  });

  it('whoever may not have it is told the same as of a file that is not there', async () => {
    const { id } = await add({ name: 'secret.pdf' });
    const [hidden, missing] = [await get('payer', id), await get('payer', '00000000-0000-4000-8000-000000000000')];
    expect([hidden.status, hidden.body]).toEqual([missing.status, missing.body]);
    expect((await get('payer', 'not-an-id')).status).toBe(404);
    expect((await visit(ctx, download, { params: { id }, path: `/files/${id}` })).location).toContain('/login');
  });
});

describe('a file that is sent', () => {
  it.each([
    ['a page named .pdf', { content: Buffer.from('<!doctype html><script>alert(1)</script>') }, 'none of the types taken'],
    ['a drawing with a script', { content: Buffer.from('<svg onload="alert(1)"/>'), name: 'a.png' }, 'none of the types taken'],
    ['nothing', { content: Buffer.alloc(0) }, 'is empty'],
    ['more than is taken', { content: Buffer.concat([pdf(), Buffer.alloc(10_000_000)]) }, 'at most 10 MB'],
  ])('is refused at its field where it is %s, and nothing is kept', async (_, file, message) => {
    const count = () => db.selectFrom('fileContent').select('fileId').execute();
    const before = await count();
    await expect(add(file)).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'file',
      message: expect.stringContaining(message),
    });
    expect(await count()).toEqual(before);
  });

  it('is taken only in the types and sizes that the admin has set', async () => {
    await db
      .updateTable('organisation')
      .set({ people: JSON.stringify({ files: { pdf: 0, png: 1 } }) })
      .execute();
    await expect(add({ name: 'x.pdf' })).rejects.toMatchObject({ message: expect.stringContaining('PDF: not taken') });
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(1_000_001)]);
    await expect(add({ content: png })).rejects.toMatchObject({ message: expect.stringContaining('at most 1 MB') });
    await db.updateTable('organisation').set({ people: '{}' }).execute();
  });

  it('is kept once when the button was pressed twice', async () => {
    const twice = await Promise.all([add({ content: pdf('twice') }), add({ content: pdf('twice') })]);
    expect(twice[0]?.id).toBe(twice[1]?.id);
  });

  it('can’t be shared with whom its record does not have', async () => {
    await expect(add({ about: { clientId: client }, visibility: 'tutor' })).rejects.toMatchObject({ field: 'visibility' });
    await expect(add({ about: { studentId: '00000000-0000-4000-8000-000000000000' } })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('comes back as it was, to be saved under its own name and never shown in place', async () => {
    const { id } = await add({ name: '../a"\r\nX-Evil: 1\r\nŽižek’s plan.html', content: pdf('as it was') });
    const { headers, body } = await get('owner', id);
    expect(body).toBe(pdf('as it was').toString());
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-evil')).toBeNull();
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="a_ X-Evil_ 1 Z_iz_ek_s plan.html.pdf"; filename\*=UTF-8''/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe('a" X-Evil: 1 Žižek’s plan.html.pdf');
  });
});

it('a list of files reads none that its reader may not see', async () => {
  const about = { clientId: client };
  await add({ about, visibility: 'admins', name: 'canary.pdf' });
  expect((await listFiles(db, about, ['office', 'family'])).map((file) => file.name)).not.toContain('canary.pdf');
  expect((await listFiles(db, about, ['admins'])).map((file) => file.name)).toEqual(['canary.pdf']);
});

it('a removed file is gone for everyone, its removal is in the log without its name, and removing it again is no error', async () => {
  const { id } = await add({ name: 'Confidential Smith.pdf' });
  await removeFile(db, ctx, actor, { id });
  await removeFile(db, ctx, actor, { id });
  expect((await get('owner', id)).status).toBe(404);
  const log = await db.selectFrom('auditLog').selectAll().where('subjectId', '=', student).execute();
  expect(log.filter((row) => row.action === 'file.remove')).toHaveLength(1);
  expect(JSON.stringify(log, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('Smith');
});
