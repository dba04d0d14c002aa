import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { addNote } from '#app/domain/notes/add-note.server.ts';
import { editNote } from '#app/domain/notes/edit-note.server.ts';
import type { About } from '#app/domain/people/about.ts';
import { listTimeline, TIMELINE_PAGE } from '#app/domain/timeline/queries.server.ts';
import { readTimelineFilter, type TimelineCursor } from '#app/domain/timeline/timeline-filter.ts';
import { loader as clientTimeline } from '#app/routes/office.clients.$id_.timeline/route.tsx';
import { loader as studentTimeline } from '#app/routes/office.students.$id_.timeline/route.tsx';
import { loader as tutorTimeline } from '#app/routes/office.tutors.$id_.timeline/route.tsx';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aWorld, type World } from './routes/world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const actor: Actor = { userId: null, kind: 'system' };
let world: World;

interface Line {
  key: string;
  kind: string;
  title: string;
  by: string;
  body: string;
  at: Date;
}

beforeAll(async () => {
  world = await aWorld(db, ctx);
  const [studentId, clientId, tutorId] = (['student', 'client', 'tutor'] as const).map((kind) => world.id(kind, 'own'));
  if (!studentId || !clientId || !tutorId) throw new Error('no world');
  for (const visibility of ['office', 'admins'] as const) {
    const note = { pinned: false, visibility } as const;
    for (const about of [{ studentId }, { clientId }, { tutorId }]) {
      const { id } = await addNote(db, ctx, actor, { about, ...note, body: `canary-${visibility}` });
      await editNote(db, ctx, actor, { id, version: 1, ...note, pinned: true, body: `canary-${visibility}-2` });
      const content = Buffer.from(`%PDF-${visibility}`);
      await addFile(db, ctx, actor, { about, name: `canary-${visibility}.pdf`, content, visibility });
    }
  }
  const client = await db.selectFrom('client').selectAll().where('id', '=', clientId).executeTakeFirstOrThrow();
  const mail = {
    toAddress: String(client.email).toUpperCase(),
    data: JSON.stringify({ secret: 'canary-token' }),
    status: 'sent',
  };
  for (const template of ['session-confirmed', 'invoice', 'reset'])
    await db
      .insertInto('mailMessage')
      .values({ ...mail, template })
      .execute();
  const sold = { action: 'package.sell', subjectType: 'client', subjectId: clientId, after: { credits: 1234 } };
  await db.transaction().execute((trx) => audit(trx, actor, sold));
  await db.insertInto('payment').values({ clientId, amount: 4321n, method: 'cash', receivedOn: '2026-03-02' }).execute();
  ctx.setNow('2026-03-02T12:00:00Z');
});

async function lines(who: 'owner' | 'scheduler', kind: 'student' | 'client' | 'tutor', query = ''): Promise<Line[]> {
  const loader = { student: studentTimeline, client: clientTimeline, tutor: tutorTimeline }[kind];
  const id = world.id(kind, 'own');
  const cookie = `lectern=${world.tokens[who]}`;
  const { status, body } = await visit(ctx, loader, { cookie, params: { id }, path: `/office/${kind}s/${id}/timeline?${query}` });
  expect(status).toBe(200);
  return (body as { lines: Line[] }).lines;
}

describe('the timeline', () => {
  it('of a student, a client and a tutor has notes, files, lessons and changes in one order, the newest first', async () => {
    for (const kind of ['student', 'client', 'tutor'] as const) {
      const all = await lines('owner', kind);
      expect(new Set(all.map((line) => line.kind))).toEqual(
        new Set(['note', 'file', 'session', 'change', 'request', ...(kind === 'client' ? ['mail', 'money'] : [])]),
      );
      const times = all.map((line) => line.at.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
    }
  });

  it('shows a scheduler no money, in no line of any kind, and nothing of what owner and admin keep to themselves', async () => {
    for (const kind of ['student', 'client', 'tutor'] as const) {
      const seen = JSON.stringify(await lines('scheduler', kind));
      for (const word of ['canary-admins', 'money', 'nvoice', 'Payment', '4321', '1234', 'ackage'])
        expect([kind, seen.includes(word)]).toEqual([kind, false]);
      const changes = await lines('scheduler', kind, 'kind=change');
      expect(changes.filter((line) => line.title.startsWith('Note'))).toHaveLength(1);
      expect((await lines('owner', kind, 'kind=change')).filter((line) => line.title.startsWith('Note'))).toHaveLength(2);
    }
    expect(JSON.stringify(await lines('owner', 'client'))).toContain('INV-1');
    expect(await lines('scheduler', 'client', 'kind=money')).toEqual([]);
  });

  it('says which mails went to somebody’s address, however it was written, and never what stood in them', async () => {
    const mails = await lines('owner', 'client', 'kind=mail');
    expect(mails.map((line) => line.title).sort()).toEqual(['Mail: Invoice', 'Mail: Lesson confirmed']);
    expect(JSON.stringify(mails)).not.toContain('canary-token');
    expect((await lines('scheduler', 'client', 'kind=mail')).map((line) => line.title)).toEqual(['Mail: Lesson confirmed']);
  });

  it('shows nothing of what lies ahead', async () => {
    await db
      .updateTable('session')
      .set({ startsAt: new Date('2026-03-03T10:00:00Z'), endsAt: new Date('2026-03-03T11:00:00Z') })
      .execute();
    expect(await lines('owner', 'student', 'kind=session')).toEqual([]);
  });

  it('read page by page has every line once, however many happened in the same instant', async () => {
    const about: About = { studentId: world.id('student', 'foreign') };
    const at = new Date('2026-02-01T10:00:00Z');
    const notes = Array.from({ length: 2 * TIMELINE_PAGE + 5 }, (_, n) => ({ ...about, body: `n${n}`, createdAt: at }));
    await db.insertInto('note').values(notes).execute();
    const of = { about, visibilities: ['office'] as const, money: false, now: ctx.clock() };
    const keys: string[] = [];
    let before: TimelineCursor | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const { rows, next } = await listTimeline(db, of, { kind: undefined, before });
      keys.push(...rows.map((row) => row.key));
      if (!next) break;
      before = next;
    }
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith('note:')).length).toBeGreaterThanOrEqual(notes.length);
  });
});

it.each([
  'before=x',
  'before=2026-13-99T00:00:00.000000~note:x',
  "before='~note:1",
  'kind=secrets',
  'before=2026-03-02T09:00:00.000000~a',
])('an address that makes no sense is the whole timeline: %s', (query) => {
  expect(readTimelineFilter(new URLSearchParams(query))).toEqual({ kind: undefined, before: undefined });
});
