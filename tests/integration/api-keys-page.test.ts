import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { action } from '#app/routes/office.settings.api-keys/route.tsx';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });

async function sent(form: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request('http://lectern.test/office/settings/api-keys', {
    method: 'POST',
    headers: { cookie: `lectern=${token}` },
    body: new URLSearchParams({ id: randomUUID(), name: 'Website', scopes: 'people:read', lastDay: '', ...form }),
  });
  return action({ request, context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' }, params: {} } as never);
}

it('a name with a character that nothing can keep is refused at its field, with what was typed', async () => {
  expect(await sent({ name: 'Web\0site' })).toMatchObject({
    data: { errors: { name: expect.stringMatching(/character/) }, values: { scopes: 'people:read' } },
    init: { status: 400 },
  });
  expect(await db.selectFrom('apiKey').select('id').execute()).toEqual([]);
});
