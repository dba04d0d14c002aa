import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentOf, daysBetween, daysLeftText, lastGoodDay, type Paper, reminderDue, standingOf } from './clearance.ts';

const TODAY = '2026-03-02';
const paper = (status: Paper['status'], until: string | null = null): Paper => ({ id: `${status} ${until}`, status, until });

describe('the last day on which a clearance is good', () => {
  it('is what its paper says, else so many months from its issue, else never', () => {
    expect(lastGoodDay({ expiresOn: '2026-05-01', issuedOn: '2020-01-01' }, 12)).toBe('2026-05-01');
    expect(lastGoodDay({ expiresOn: null, issuedOn: '2026-03-02' }, 12)).toBe('2027-03-01');
    expect(lastGoodDay({ expiresOn: null, issuedOn: '2024-02-29' }, 12)).toBe('2025-02-27');
    expect(lastGoodDay({ expiresOn: null, issuedOn: '2026-08-31' }, 6)).toBe('2027-02-27');
    expect(lastGoodDay({ expiresOn: null, issuedOn: '2026-03-02' }, null)).toBeNull();
    expect(lastGoodDay({ expiresOn: null, issuedOn: null }, 12)).toBeNull();
  });
});

describe('how a tutor stands with a kind of clearance', () => {
  it.each<[string, Paper[], string]>([
    ['without any', [], 'missing'],
    ['with one that is good for ever', [paper('valid')], 'valid'],
    ['with one that runs out today: good for this day yet', [paper('valid', TODAY)], 'expiring'],
    ['with one that ran out yesterday', [paper('valid', '2026-03-01')], 'expired'],
    ['with one that runs out in 30 days', [paper('valid', '2026-04-01')], 'expiring'],
    ['with one that runs out in 31 days', [paper('valid', '2026-04-02')], 'valid'],
    ['with one sent in', [paper('to_check')], 'to_check'],
    ['with a renewal sent in before the old has run out', [paper('to_check'), paper('valid', TODAY)], 'to_check'],
    ['with a renewal found valid', [paper('valid', '2027-03-02'), paper('valid', TODAY)], 'valid'],
    ['with the old one checked after the renewal', [paper('valid', TODAY), paper('valid', '2027-03-02')], 'valid'],
    ['with one that was not accepted', [paper('rejected')], 'rejected'],
    ['with one not accepted beside one that is good', [paper('rejected'), paper('valid')], 'valid'],
  ])('%s', (_, papers, standing) => {
    expect(standingOf(papers, TODAY, 30)).toBe(standing);
  });

  it('no paper is good for longer than the current one', () => {
    const dates = fc.option(
      fc.integer({ min: 0, max: 400 }).map((days) => new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10)),
    );
    const papers = fc.array(fc.record({ id: fc.uuid(), status: fc.constantFrom('to_check', 'valid', 'rejected'), until: dates }));
    fc.assert(
      fc.property(papers, (list) => {
        const current = currentOf(list);
        const valid = list.filter((one) => one.status === 'valid');
        expect(current === undefined).toBe(valid.length === 0);
        for (const one of valid) expect(current?.until == null || (one.until !== null && one.until <= current.until)).toBe(true);
      }),
    );
  });
});

describe('a reminder', () => {
  it('is due on each of the days, once', () => {
    const days = [60, 30, 7, 0];
    expect(reminderDue(days, 61, null)).toBeNull();
    expect(reminderDue(days, 60, null)).toBe(60);
    expect(reminderDue(days, 59, 60)).toBeNull();
    expect(reminderDue(days, 30, 60)).toBe(30);
    expect(reminderDue(days, 0, 7)).toBe(0);
    expect(reminderDue(days, -1, 0)).toBeNull();
    expect(reminderDue(days, -31, null)).toBeNull();
    expect(reminderDue([], 0, null)).toBeNull();
  });

  it('day after day, whatever days are missed, each is told at most once and the nearest is never left out', () => {
    const remind = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(remind, fc.uniqueArray(fc.integer({ min: -20, max: 100 }), { minLength: 1 }), (days, left) => {
        let told: number | null = null;
        const heard: number[] = [];
        for (const daysLeft of [...left].sort((a, b) => b - a)) {
          const due = reminderDue(days, daysLeft, told);
          if (due === null) continue;
          heard.push(due);
          told = due;
        }
        expect(new Set(heard).size).toBe(heard.length);
        const lowest = Math.min(...left);
        if (lowest <= Math.min(...days)) expect(heard.at(-1)).toBe(Math.min(...days));
      }),
    );
  });

  it('says how long is left', () => {
    expect(daysBetween(TODAY, '2026-03-31')).toBe(29);
    expect([1, 0, -1, 12].map(daysLeftText)).toEqual([
      'runs out in 1 day',
      'today is its last day',
      'ran out 1 day ago',
      'runs out in 12 days',
    ]);
  });
});
