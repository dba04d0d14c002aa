import { beforeAll, expect, it } from 'vitest';
import { loader as family } from '#app/routes/family._index/route.tsx';
import { loader as tutor } from '#app/routes/tutor._index/route.tsx';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aWorld, type World } from './routes/world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
let world: World;

beforeAll(async () => {
  world = await aWorld(db, ctx);
  await db.deleteFrom('file').execute();
  for (const whose of ['own', 'foreign'] as const)
    for (const visibility of ['admins', 'office', 'tutor', 'family'])
      for (const kind of ['tutor', 'client', 'student'] as const)
        await db
          .insertInto('note')
          .values({ [`${kind}Id`]: world.id(kind, whose), visibility, body: `${whose} ${kind}: ${visibility}` })
          .execute();
});

async function read(role: 'tutor' | 'client' | 'student'): Promise<string[]> {
  const loader = role === 'tutor' ? tutor : family;
  const { body } = await visit(ctx, loader, { cookie: `lectern=${world.tokens[role]}`, path: '/' });
  return (body as { shared: { text: string }[] }).shared.map((item) => item.text).sort();
}

it('a tutor reads what is shared with them and with the tutors of their students, and nothing else', async () => {
  expect(await read('tutor')).toEqual(['own student: tutor', 'own tutor: tutor']);
});

it('a tutor whose student has gone to another reads no more about them', async () => {
  await db
    .updateTable('engagement')
    .set({ startsOn: '2026-01-01', endsOn: '2026-02-01' })
    .where('tutorId', '=', world.id('tutor', 'own'))
    .execute();
  await db
    .updateTable('session')
    .set({ startsAt: new Date('2026-02-01T10:00:00Z'), endsAt: new Date('2026-02-01T11:00:00Z') })
    .where('tutorId', '=', world.id('tutor', 'own'))
    .execute();
  expect(await read('tutor')).toEqual(['own tutor: tutor']);
});

it('who pays reads what is shared with the family; a student what is about them; who only cares for a child what is about the child', async () => {
  expect(await read('client')).toEqual(['own client: family', 'own student: family']);
  expect(await read('student')).toEqual(['own student: family']);
  const guardian = { studentId: world.id('student', 'foreign'), clientId: world.id('client', 'own') };
  await db.insertInto('studentGuardian').values(guardian).execute();
  expect(await read('client')).toEqual(['foreign student: family', 'own client: family', 'own student: family']);
  await db.deleteFrom('studentGuardian').execute();
  expect(await read('client')).toEqual(['own client: family', 'own student: family']);
});
