import { expect, it } from 'vitest';
import { effectivePolicy } from './policies.ts';
import { policyChanges, policyLines } from './policy-changes.ts';

const written = { digits: 2, write: (amount: bigint) => `€${Number(amount) / 100}`, locale: 'en-GB' };

it('only the rules that differ are named, each as it was and as it is', () => {
  const before = effectivePolicy({});
  const after = effectivePolicy({ completion: 'approval', late_cancel: { free_per_term: 2 } });
  const changes = policyChanges(before, after, written);
  expect(changes.map((change) => change.rule)).toEqual(['When a session is done', 'Free cancellations']);
  expect(changes[1]).toMatchObject({ before: '', after: expect.stringContaining('2 late cancellations') });
  expect(policyChanges(before, effectivePolicy({}), written)).toEqual([]);
});

it('who sees no pay is told of no change of pay', () => {
  const before = effectivePolicy({});
  const after = effectivePolicy({
    late_cancel: { tutor_pay_percent: 80, full_pay_minutes: 90 },
    mileage: { rate_per_mile: '0.81' },
  });
  expect(policyChanges(before, after, written).map((change) => change.rule)).toEqual([
    'Late cancellation',
    'Late cancellation, paid in full',
    'Mileage',
  ]);
  expect(policyChanges(before, after, { ...written, reader: 'family' })).toEqual([]);
  expect(
    policyLines(after, { ...written, reader: 'family' })
      .map((line) => line.text)
      .join(' '),
  ).not.toMatch(/80%|mile/);
});
