import type { AppLoadContext } from '@remix-run/node';
import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { aClient, anOrganisation, aStudent, aTutor, aUser } from '#tests/factories/index.ts';
import { readRoutes, serverOf } from '#tests/integration/routes/server-build.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const token = await startSession(db, ctx.clock(), admin.id, { ip: '192.0.2.1', userAgent: null });
const ask = serverOf((await readRoutes()).build, []);

it('all that is kept of somebody comes as a file', async () => {
  const client = await aClient(db);
  const people = { clients: client, students: await aStudent(db, { clientId: client.id }), tutors: await aTutor(db) };
  for (const [many, person] of Object.entries(people)) {
    const context = { ...ctx, requestId: many, cspNonce: '', clientIp: '192.0.2.1' } as AppLoadContext;
    const address = `http://lectern.test/office/${many}/${person.id}/export`;
    const file = await ask(new Request(address, { method: 'POST', headers: { Cookie: `lectern=${token}` } }), context);
    expect(file.headers.get('Content-Disposition')).toMatch(/^attachment; filename="\w+-[\w-]+\.json"$/);
    expect(await file.json()).toMatchObject({ about: { ref: person.ref } });
  }
});
