import { expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { addTerm } from '#app/domain/terms/add-term.server.ts';
import { editTerm } from '#app/domain/terms/edit-term.server.ts';
import { removeTerm } from '#app/domain/terms/remove-term.server.ts';
import { termSchema } from '#app/domain/terms/term.schema.ts';
import { listTerms } from '#app/domain/terms/term-queries.server.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const actor: Actor = { userId: null, kind: 'system' };
const term = (name: string, startsOn: string, endsOn: string) => termSchema.parse({ name, startsOn, endsOn });
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (isDomainError(error) ? [error.code, error.field, error.message] : error),
  );

it('a day is in one term: another over it is refused with its name, also when two are added at once', async () => {
  await addTerm(db, ctx, actor, term('Spring', '2026-01-07', '2026-04-30'));
  const over = await refusal(addTerm(db, ctx, actor, term('Summer', '2026-04-30', '2026-07-31')));
  expect(over).toEqual(['invalid_value', 'startsOn', 'These days lie over Spring: a day is in one term.']);
  const both = await Promise.all(
    ['Summer', 'July'].map((name) => refusal(addTerm(db, ctx, actor, term(name, '2026-05-01', '2026-07-31')))),
  );
  expect(both.filter((one) => one === undefined)).toHaveLength(1);
  expect(both.flat()).toContain('startsOn');
  expect(termSchema.safeParse({ name: 'Back', startsOn: '2026-05-02', endsOn: '2026-05-01' }).success).toBe(false);
});

it('is changed by one at a time, and taken away twice as once', async () => {
  const { id } = await addTerm(db, ctx, actor, term('Autumn', '2026-09-01', '2026-12-20'));
  await editTerm(db, ctx, actor, { ...term('Autumn', '2026-09-01', '2026-12-24'), id, version: 1 });
  expect(await refusal(editTerm(db, ctx, actor, { ...term('Fall', '2026-09-01', '2026-12-20'), id, version: 1 }))).toContain(
    'conflict',
  );
  await removeTerm(db, ctx, actor, { id });
  await removeTerm(db, ctx, actor, { id });
  expect((await listTerms(db)).map((one) => one.name)).not.toContain('Autumn');
});
