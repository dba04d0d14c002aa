import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { getCustomField, listCustomFields } from '#app/domain/fields/queries.server.ts';
import { action as arrange, loader as listPage } from '#app/routes/office.settings.fields._index/route.tsx';
import { loader as fieldPage, action as saveField } from '#app/routes/office.settings.fields.$id/route.tsx';
import { action as addField } from '#app/routes/office.settings.fields.new/route.tsx';
import { aCustomField, anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { name: 'Ana Admin', roles: ['admin'] });

async function argsOf(path: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split('/').find((part) => part.length === 36) } } as never;
}

interface Refused {
  data: { errors: Record<string, string>; values: Record<string, string[]>; conflict?: { by: string; version: number } };
  init: { status: number };
}

const choice = (label: string, id = ''): [string, string][] => [
  ['choiceId', id],
  ['choiceLabel', label],
];

describe('the pages of fields', () => {
  it('add a list with its choices to the kind of record in the address, without the empty lines', async () => {
    const form: [string, string][] = [
      ['label', 'Shirt'],
      ['type', 'choice'],
      ['help', ''],
      ['seenBy', 'scheduler'],
      ['inList', 'on'],
      ...choice('S'),
      ...choice(' '),
      ...choice('M'),
    ];
    const answer = (await addField(await argsOf('/office/settings/fields/new?of=tutor', form))) as Response;
    expect(answer.status).toBe(302);
    const [field] = await listCustomFields(db, 'tutor');
    expect(field).toMatchObject({
      key: 'shirt',
      type: 'choice',
      inList: true,
      filterable: false,
      seenBy: ['scheduler'],
      editedBy: [],
    });
    expect(field?.choices.map((one) => one.label)).toEqual(['S', 'M']);
  });

  it('keep what was typed where something is wrong, with the reason at its field', async () => {
    const form: [string, string][] = [['label', ''], ['type', 'choice'], ['editedBy', 'tutor'], ...choice('')];
    const { data, init } = (await addField(await argsOf('/office/settings/fields/new', form))) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors).toMatchObject({ label: 'Say what the field is called' });
    expect(data.values).toMatchObject({ type: ['choice'], editedBy: ['tutor'], choiceLabel: [''] });
    const more = (await addField(
      await argsOf('/office/settings/fields/new', [['label', 'x'], ['type', 'choice'], ...choice('')]),
    )) as unknown as Refused;
    expect(more.data.errors).toEqual({ choices: 'Give at least one choice' });
  });

  it('rename and archive choices of one that is there; the second of two admins is told who was first', async () => {
    const field = await aCustomField(db, {
      type: 'choices',
      choices: [
        { id: 'a', label: 'A', archived: false },
        { id: 'b', label: 'B', archived: false },
      ],
    });
    const path = `/office/settings/fields/${field.id}`;
    const form: [string, string][] = [
      ['label', field.label],
      ['version', '1'],
      ...choice('Bee', 'b'),
      ...choice('A', 'a'),
      ['choiceArchived', 'a'],
    ];
    expect(((await saveField(await argsOf(path, form))) as Response).status).toBe(302);
    expect((await getCustomField(db, field.id)).choices).toEqual([
      { id: 'b', label: 'Bee', archived: false },
      { id: 'a', label: 'A', archived: true },
    ]);
    const second = (await saveField(await argsOf(path, form))) as unknown as Refused;
    expect(second.init.status).toBe(409);
    expect(second.data.conflict).toMatchObject({ by: 'Ana Admin', version: 2 });
    const page = await fieldPage(await argsOf(path));
    expect(page.history[0]).toMatchObject({ what: 'Changed', changes: expect.arrayContaining(['choices']) });
  });

  it('show archived ones apart, and an order that the buttons change', async () => {
    const [one, two] = [await aCustomField(db, { entity: 'session' }), await aCustomField(db, { entity: 'session' })];
    const press = async (id: string, to: string) =>
      arrange(
        await argsOf('/office/settings/fields', [
          ['id', id],
          ['to', to],
        ]),
      );
    await press(two.id, 'up');
    await press(one.id, 'archive');
    const { kinds } = await listPage(await argsOf('/office/settings/fields'));
    const rows = kinds.find((kind) => kind.entity === 'session')?.rows;
    expect(rows?.map(({ id, archived }) => ({ id, archived }))).toEqual([
      { id: two.id, archived: false },
      { id: one.id, archived: true },
    ]);
  });
});
