import { expect, it } from 'vitest';
import { readPreferences } from '#app/domain/messages/preferences.server.ts';
import { wantsKind } from '#app/domain/messages/preferences.ts';
import { savePreferences } from '#app/domain/messages/save-preferences.server.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const actor = { userId: null, kind: 'guest' as const };

it('what an address wants is kept, its last word holds, and the log says it once without the address', async () => {
  const decline = () =>
    savePreferences(db, actor, { address: 'Mary@example.org', said: { summaries: { wanted: false } }, via: 'link' });
  await decline();
  await decline();
  expect(wantsKind(await readPreferences(db, ['mary@example.org']), 'mary@example.org', 'summaries')).toBe(false);
  const log = await db.selectFrom('auditLog').select(['action', 'after']).where('action', '=', 'mail_preference.edit').execute();
  expect(log).toEqual([{ action: 'mail_preference.edit', after: { summaries: false } }]);

  await savePreferences(db, actor, { address: 'mary@example.org', said: { summaries: { wanted: true } }, via: 'page' });
  expect(wantsKind(await readPreferences(db, ['MARY@example.org']), 'mary@example.org', 'summaries')).toBe(true);
});

it('times of one’s own are kept in order and without doubles; nonsense is refused', async () => {
  const save = (minutesBefore: number[]) =>
    savePreferences(db, actor, {
      address: 'john@example.org',
      said: { reminders: { wanted: true, minutesBefore } },
      via: 'page',
    });
  await save([30, 1440, 30]);
  expect([...(await readPreferences(db, ['john@example.org'])).values()]).toEqual([{ wanted: true, minutesBefore: [1440, 30] }]);
  for (const wrong of [[], [1], [30_000], [10, 20, 30, 40, 50, 60]]) {
    await expect(save(wrong)).rejects.toMatchObject({ code: 'invalid_value' });
  }
});

it('a mail that must be told can’t be declined', async () => {
  const said = { required: { wanted: false } } as object;
  await expect(savePreferences(db, actor, { address: 'mary@example.org', said, via: 'link' })).rejects.toMatchObject({
    code: 'invalid_value',
  });
});
