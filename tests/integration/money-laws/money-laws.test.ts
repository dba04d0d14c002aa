import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksProblems } from '#tests/setup/check-books.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { moneyCompany } from './company.ts';
import { everything, randomHistory } from './histories.ts';
import { brokenLaws, wrongSessions } from './laws.ts';
import { NOW, newHistory } from './steps.ts';

const ground = await testDatabase({ max: 2 });
const company = await moneyCompany(ground.db, {}, { waives: true });
await ground.close();

describe('whatever is done, in whatever order', () => {
  it('the laws of money hold', { timeout: 240_000 }, async () => {
    const seen = { done: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.commands(everything, { maxCommands: 60, size: 'max' }), async (commands) => {
        const { db, close } = await testDatabase({ of: ground.url, max: 2 });
        const history = newHistory();
        await fc.asyncModelRun(
          () => ({ model: history, real: { db, context: testContext(db, { now: NOW }), company } }),
          commands,
        );
        expect(await brokenLaws(db)).toEqual([]);
        expect(await wrongSessions(db, history.corrected)).toEqual([]);
        seen.done += history.done;
        seen.refused += history.refused;
        await close();
      }),
      { numRuns: 12, seed: 20_260_301 },
    );
    expect(seen.done).toBeGreaterThan(50);
  });

  it.for([
    { currency: 'KWD', timezone: 'America/St_Johns' },
    { currency: 'JPY', timezone: 'Pacific/Apia' },
  ])('in $currency and $timezone too, and the books pass those who check books', { timeout: 240_000 }, async (over, test) => {
    const { db } = await testDatabase({ max: 2 });
    const world = { db, context: testContext(db, { now: NOW }), company: await moneyCompany(db, over, { waives: true }) };
    const history = await randomHistory(world, { operations: 340, seed: 3 });
    expect(history.documents.size).toBeGreaterThan(5);
    expect(await brokenLaws(db)).toEqual([]);
    expect(await wrongSessions(db, history.corrected)).toEqual([]);
    expect(await booksProblems(db, test)).toBe('');
  });
});
