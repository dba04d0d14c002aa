import { describe, expect, it } from 'vitest';
import { type ChaseRules, isDue, isOfficeDue, overdueAfter, tutorStep } from './chase-steps.ts';
import { readCloseOutRules } from './close-out-rules.ts';

const usual: ChaseRules = readCloseOutRules({});
const day = 1440;
const stepAt = (minutes: number, over: Partial<ChaseRules> = {}) => tutorStep({ ...usual, ...over }, minutes)?.step;

describe('when a tutor is reminded of a missing close-out', () => {
  it('after two hours, after a day, then daily, as the rules are until somebody changes them', () => {
    expect([119, 120, day - 1, day, 2 * day - 1, 2 * day, 5 * day].map((minutes) => stepAt(minutes))).toEqual([
      undefined,
      'tutor:120',
      'tutor:120',
      'tutor:1440',
      'tutor:1440',
      'tutor:day:1',
      'tutor:day:4',
    ]);
  });

  it('not any more after two weeks, nor at all where nobody is chased', () => {
    expect(stepAt(14 * day)).toBe('tutor:day:13');
    expect(stepAt(14 * day + 1)).toBeUndefined();
    expect(stepAt(day, { chase: false })).toBeUndefined();
  });

  it('without the daily ones it ends with the last that is set; without any that are set it begins after a day', () => {
    expect(stepAt(6 * day, { chase_daily: false })).toBe('tutor:1440');
    expect([stepAt(day - 1, { chase_minutes: [] }), stepAt(day, { chase_minutes: [] })]).toEqual([undefined, 'tutor:day:1']);
    expect(overdueAfter({ ...usual, chase_minutes: [] })).toBe(day);
    expect(overdueAfter({ ...usual, chase_minutes: [240, 60] })).toBe(60);
  });

  it('each step once: what was told since a step is told', () => {
    expect(isDue({ step: 'tutor:120', minutes: 120 }, null)).toBe(true);
    expect(isDue({ step: 'tutor:120', minutes: 120 }, 130)).toBe(false);
    expect(isDue({ step: 'tutor:1440', minutes: day }, 130)).toBe(true);
  });

  it('a mail of the half day before stands for a daily step, since it named this session too', () => {
    expect(isDue({ step: 'tutor:day:1', minutes: 2 * day }, 2 * day - 700)).toBe(false);
    expect(isDue({ step: 'tutor:day:1', minutes: 2 * day }, 2 * day - 730)).toBe(true);
  });
});

it('the office is told from the hours on that the rules say', () => {
  expect([48 * 60 - 1, 48 * 60].map((minutes) => isOfficeDue(usual, minutes))).toEqual([false, true]);
  expect(isOfficeDue({ ...usual, chase: false }, 49 * 60)).toBe(false);
});
