import { afterAll, expect, test, vi } from 'vitest';
import { forgetRelayed, type Note, openBus } from '#app/server/classroom/bus.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db, url } = await testDatabase();
const SESSION = '00000000-0000-7000-8000-000000000001';
const now = new Date('2026-03-02T15:00:00Z');
const heard: Note[] = [];
const options = { db, databaseUrl: url, log: { warn: vi.fn() }, now: () => now, onResumed: vi.fn() };
const here = openBus({ ...options, onNote: vi.fn() });
const there = openBus({ ...options, onNote: (_session, note) => heard.push(note) });
afterAll(() => Promise.all([here.stop(), there.stop()]));

test('what is too large for a notification comes whole and in its place, and is forgotten after a minute', async () => {
  // Until the other listens there is nobody to tell.
  await vi.waitFor(() => {
    here.publish(SESSION, { k: 'people' });
    expect(heard).not.toHaveLength(0);
  });
  const large = 'x'.repeat(20_000);
  here.publish(SESSION, { k: 'say', to: null, message: 'before' });
  here.publish(SESSION, { k: 'say', to: null, message: large });
  here.publish(SESSION, { k: 'say', to: null, message: 'after' });
  await vi.waitFor(() => {
    const said = heard.flatMap((note) => (note.k === 'say' ? [note.message] : []));
    expect(said).toEqual(['before', large, 'after']);
  });
  const kept = () => db.selectFrom('classroomRelay').select('id').execute();
  await forgetRelayed(db, new Date(now.getTime() + 59_000));
  expect(await kept()).toHaveLength(1);
  await forgetRelayed(db, new Date(now.getTime() + 61_000));
  expect(await kept()).toHaveLength(0);
});
