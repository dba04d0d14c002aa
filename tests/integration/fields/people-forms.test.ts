import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { loader as clientEditPage, action as saveClient } from '#app/routes/office.clients.$id_.edit/route.tsx';
import { action as addClient } from '#app/routes/office.clients.new/route.tsx';
import { loader as studentPage } from '#app/routes/office.students.$id/route.tsx';
import { action as saveStudent } from '#app/routes/office.students.$id_.edit/route.tsx';
import { action as addStudent } from '#app/routes/office.students.new/route.tsx';
import { aClient, aCustomField, anOrganisation, aStudent, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { name: 'Ana Admin', roles: ['admin'] });
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const system = { userId: null, kind: 'system' } as const;

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split('/').find((part) => part.length === 36) } } as never;
}

interface Refused {
  data: { errors: Record<string, string>; values: Record<string, string[]>; conflict?: { differs: object[] } };
  init: { status: number };
}

const clientForm = { name: 'Oona Byrne', email: '', phone: '', address: '', timezone: '', billingInstallId: '', notes: '' };
const studentForm = { firstName: 'Ada', lastName: '', email: '', grade: '', timezone: '', notes: '' };
const idOf = (answer: unknown) => (answer as Response).headers.get('location')?.split('/').at(-1) ?? '';

const heard = await aCustomField(db, { entity: 'client', label: 'Heard of us', type: 'long_text' });
const risk = await aCustomField(db, { entity: 'client', label: 'Credit risk', seenBy: [], editedBy: [], required: true });
const school = await aCustomField(db, { label: 'School', required: true });
const allergies = await aCustomField(db, { label: 'Allergies', seenBy: ['scheduler', 'family'], editedBy: ['family'] });

describe('an additional field of a client', () => {
  it('is saved with the rest of the form, and a scheduler is not asked for what only administrators see', async () => {
    const text = `<script>alert(1)</script> ${'long '.repeat(1990)}`.trim();
    const id = idOf(
      await addClient(await argsOf(scheduler, '/office/clients/new', { ...clientForm, [`custom.${heard.id}`]: text })),
    );
    expect((await customOf(db, 'client', id, 'admin')).values).toEqual({ [heard.id]: text });
  });

  it('that is required is asked of the administrator who sees it, beside what else is wrong', async () => {
    const form = { ...clientForm, name: '', [`custom.${risk.id}`]: ' ' };
    const { data, init } = (await addClient(await argsOf(admin, '/office/clients/new', form))) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors).toEqual({
      name: 'Enter the name that stands on the invoice',
      [`custom.${risk.id}`]: 'Fill in “Credit risk”',
    });
  });

  it('hidden from a scheduler survives what the scheduler saves, even with the field put into the form by hand', async () => {
    const client = await aClient(db, { name: 'Rory Quinn' });
    await saveCustom(db, system, { entity: 'client', id: client.id, patch: { [risk.id]: 'high', [heard.id]: 'a poster' } });
    const path = `/office/clients/${client.id}/edit`;
    const page = (await clientEditPage(await argsOf(scheduler, path))) as { version: number };
    expect(JSON.stringify(page)).not.toContain(risk.id);
    expect(JSON.stringify(page)).not.toContain('high');
    const answer = await saveClient(
      await argsOf(scheduler, path, {
        ...clientForm,
        version: String(page.version),
        [`custom.${heard.id}`]: '',
        [`custom.${risk.id}`]: 'low',
      }),
    );
    expect((answer as Response).status).toBe(302);
    expect((await customOf(db, 'client', client.id, 'admin')).values).toEqual({ [risk.id]: 'high' });
    const [line] = await listAudit(db, { subjectType: 'client', subjectId: client.id });
    expect(line).toMatchObject({ action: 'client.edit', after: { custom: [heard.id] } });
  });
});

describe('an additional field of a student', () => {
  it('made required later is asked at the next save by the office, and what was typed is kept', async () => {
    const student = await aStudent(db, { firstName: 'Ada' });
    const path = `/office/students/${student.id}/edit`;
    const form = { ...studentForm, grade: '9', clientId: student.clientId, version: '1', [`custom.${school.id}`]: '' };
    const { data } = (await saveStudent(await argsOf(scheduler, path, form))) as unknown as Refused;
    expect(data.errors).toEqual({ [`custom.${school.id}`]: 'Fill in “School”' });
    expect(data.values).toMatchObject({ grade: ['9'] });
  });

  it('that the office sees and the family fills in is shown to a scheduler and not taken from them', async () => {
    const client = await aClient(db);
    const id = idOf(
      await addStudent(
        await argsOf(scheduler, '/office/students/new', {
          ...studentForm,
          clientId: client.id,
          [`custom.${school.id}`]: 'St Jude',
          [`custom.${allergies.id}`]: 'nuts',
        }),
      ),
    );
    const { custom, student } = await studentPage(await argsOf(scheduler, `/office/students/${id}`));
    expect(custom.values).toEqual({ [school.id]: 'St Jude' });
    expect(custom.fields.map((field) => field.label)).toEqual(['School', 'Allergies']);
    expect(student).not.toHaveProperty('custom');
  });

  it('saved by the family meanwhile is told to whoever has the form open', async () => {
    const student = await aStudent(db);
    await saveCustom(db, system, { entity: 'student', id: student.id, patch: { [school.id]: 'St Jude' } });
    const form = { ...studentForm, clientId: student.clientId, version: '1', [`custom.${school.id}`]: 'St Mary' };
    const path = `/office/students/${student.id}/edit`;
    const { data, init } = (await saveStudent(await argsOf(scheduler, path, form))) as unknown as Refused;
    expect(init.status).toBe(409);
    expect(data.conflict?.differs).toContainEqual({ name: `custom.${school.id}`, saved: 'St Jude' });
  });
});
