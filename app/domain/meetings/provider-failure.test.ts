import { expect, test } from 'vitest';
import { PluginError } from '#plugins/contract/index.ts';
import { failureOf, nextAttempt } from './provider-failure.ts';

const now = new Date('2026-03-02T09:00:00Z');
const next = (retryAt: Date) =>
  nextAttempt(failureOf(new PluginError('rate_limited', 'Too many.', { retryAt })), {
    attempts: 0,
    now,
  }).nextAttemptAt?.toISOString();

test('a provider is waited for as long as it says, for a day at most, and not by what is no date', () => {
  expect(next(new Date('2026-03-02T09:10:00Z'))).toBe('2026-03-02T09:10:00.000Z');
  expect(next(new Date('9999-01-01T00:00:00Z'))).toBe('2026-03-03T09:00:00.000Z');
  expect(next(new Date(Number.NaN))).toBe('2026-03-02T09:00:05.000Z');
});
