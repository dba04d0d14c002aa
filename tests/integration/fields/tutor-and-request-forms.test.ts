import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { loader as requestPage } from '#app/routes/office.requests.$id/route.tsx';
import { action as saveRequest } from '#app/routes/office.requests.$id_.edit/route.tsx';
import { action as addRequest } from '#app/routes/office.requests.new/route.tsx';
import { loader as tutorPage } from '#app/routes/office.tutors.$id/route.tsx';
import { action as saveTutor } from '#app/routes/office.tutors.$id_.edit/route.tsx';
import { action as addTutor } from '#app/routes/office.tutors.new/route.tsx';
import { aCustomField, anOrganisation, aStudent, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });

async function argsOf(path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), scheduler.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split('/').find((part) => part.length === 36) } } as never;
}

const idOf = (answer: unknown) => (answer as Response).headers?.get('location')?.split('/').at(-1) ?? '';
const hidden = { seenBy: [], editedBy: [], required: true };

describe('an additional field of a tutor', () => {
  const tutorForm = {
    firstName: 'Maeve',
    lastName: 'Byrne',
    timezone: 'Europe/Dublin',
    bufferMinutes: '0',
    status: 'active',
    modes: 'online',
  };

  it('is filled in with the rest, shown on the page, and changed without touching what a scheduler does not see', async () => {
    const car = await aCustomField(db, { entity: 'tutor', label: 'Own car', type: 'yes_no', required: true });
    const bonus = await aCustomField(db, { entity: 'tutor', label: 'Bonus', type: 'number', ...hidden });
    const id = idOf(await addTutor(await argsOf('/office/tutors/new', { ...tutorForm, [`custom.${car.id}`]: 'yes' })));
    await saveCustom(db, { userId: null, kind: 'system' }, { entity: 'tutor', id, patch: { [bonus.id]: 250 } });
    const form = { ...tutorForm, version: '2', [`custom.${car.id}`]: 'no', [`custom.${bonus.id}`]: '0' };
    expect(idOf(await saveTutor(await argsOf(`/office/tutors/${id}/edit`, form)))).toBe(id);
    expect((await customOf(db, 'tutor', id, 'admin')).values).toEqual({ [car.id]: false, [bonus.id]: 250 });
    const page = await tutorPage(await argsOf(`/office/tutors/${id}`));
    expect(page.custom.values).toEqual({ [car.id]: false });
    expect(JSON.stringify(page, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('Bonus');
    expect((await listAudit(db, { subjectType: 'tutor', subjectId: id }))[0]).toMatchObject({ after: { custom: [car.id] } });
  });
});

describe('an additional field of a request', () => {
  it('is asked in its form, and nothing else gets into the record by that form', async () => {
    const trial = await aCustomField(db, { entity: 'request', label: 'Trial lesson', required: true });
    const worth = await aCustomField(db, { entity: 'request', label: 'Worth', ...hidden });
    const { id: studentId } = await aStudent(db);
    const form = { who: 'student', studentId, urgency: 'normal', [`custom.${worth.id}`]: 'much' };
    const refused = (await addRequest(await argsOf('/office/requests/new', form))) as unknown as {
      data: { errors: object };
    };
    expect(refused.data.errors).toEqual({ [`custom.${trial.id}`]: 'Fill in “Trial lesson”' });
    const id = idOf(await addRequest(await argsOf('/office/requests/new', { ...form, [`custom.${trial.id}`]: 'wished' })));
    expect((await customOf(db, 'request', id, 'admin')).values).toEqual({ [trial.id]: 'wished' });

    const edit = { ...form, version: '1', [`custom.${trial.id}`]: 'had one' };
    expect(idOf(await saveRequest(await argsOf(`/office/requests/${id}/edit`, edit)))).toBe(id);
    const page = await requestPage(await argsOf(`/office/requests/${id}`));
    expect(page.custom.values).toEqual({ [trial.id]: 'had one' });
    expect(page.request).not.toHaveProperty('custom');
  });
});
