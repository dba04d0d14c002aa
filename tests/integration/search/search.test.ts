import { describe, expect, it } from 'vitest';
import { FOUND_KINDS, type FoundKind, search } from '#app/domain/search/search.server.ts';
import { aClient, anOrganisation, aRequest, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
await anOrganisation(db);
const everything = new Set(FOUND_KINDS);
const maths = await aSubject(db, { name: 'Mathematics' });
const lukasz = await aTutor(db, { firstName: 'Łukasz', lastName: 'Žižek', email: 'l.zizek@example.test' });
const family = await aClient(db, { name: 'Hannah Whitfield', phone: '(555) 010-2030' });
const oliver = await aStudent(db, { clientId: family.id, firstName: 'Oliver', lastName: 'Whitfield' });
const request = await aRequest(db, { studentId: oliver.id, subjectId: maths.id });
const old = await aStudent(db, { firstName: 'Olive', lastName: 'Archer', archivedAt: new Date() });

const find = async (q: string, may: ReadonlySet<FoundKind> = everything) =>
  (await search(db, q, may)).map(({ kind, id }) => `${kind} ${id}`);

describe('the search', () => {
  it.each(['zizek', 'Lukasz', 'ŽIŽEK luk', 'l.zizek@', 'Zizeck'])(
    'finds a tutor by %s, whatever accents, case or a typo',
    async (q) => {
      expect(await find(q)).toContain(`tutor ${lukasz.id}`);
    },
  );

  it.each(['0102030', '555-010', '(555) 010-2030'])('finds a family by telephone, typed as %s', async (q) => {
    expect(await find(q)).toContain(`client ${family.id}`);
  });

  it('finds a family with its child and what they asked for by one name, in any order of the words', async () => {
    const found = await find('whitf oliver');
    expect(found).toContain(`student ${oliver.id}`);
    expect(found).toContain(`request ${request.id}`);
    expect(await find('Whitfeild')).toEqual(expect.arrayContaining([`client ${family.id}`, `student ${oliver.id}`]));
  });

  it('finds a request and a person by their reference', async () => {
    expect(await find(request.ref)).toEqual([`request ${request.id}`]);
    expect(await find(oliver.ref)).toContain(`student ${oliver.id}`);
  });

  it('puts who is archived behind everybody else', async () => {
    const found = await find('olive');
    expect(found.indexOf(`student ${oliver.id}`)).toBeLessThan(found.indexOf(`student ${old.id}`));
  });

  it('looks into nothing the reader may not see', async () => {
    expect(await find('whitfield', new Set(['tutor'] as const))).toEqual([]);
    expect(await find('whitfield', new Set())).toEqual([]);
  });

  it.each(['%', '__', '\\', "'; DROP TABLE tutor; --", '((((', '\u0000a', 'a', ''])('takes %j as text', async (q) => {
    await expect(find(q)).resolves.toEqual([]);
  });
});
