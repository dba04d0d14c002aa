import { describe, expect, test } from 'vitest';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { billingWords, type InstantSight, viewHindrance, viewInstantCheck } from './instant-view.ts';

const now = new Date('2026-03-02T14:07:00Z');
const reader = { zone: 'UTC', locale: 'en-GB', organisationZone: 'UTC', now };
const sight: InstantSight = { reader, by: 'tutor', currency: 'EUR', charge: false };
const clash = (from: string, to: string): BookingProblem => ({
  code: 'tutor_conflict',
  severity: 'blocking',
  message: 'The tutor is already taken then (or within their buffer).',
  sessions: [
    {
      ...{ id: 's', ref: 'ses-7', startsAt: new Date(`2026-03-02T${from}Z`), endsAt: new Date(`2026-03-02T${to}Z`) },
      ...{ tutorName: 'Ana Núñez', studentNames: ['Mia Novak'] },
    },
  ],
});
const next = { startsAt: new Date('2026-03-02T15:10:00Z'), durations: [30, 60] };

describe('what stands in the way is named, with what could be had instead', () => {
  test('a session that goes on', () => {
    expect(viewHindrance([clash('14:00:00', '15:00:00')], { now: [], next }, 60, sight)).toEqual({
      lines: ['You are in a session until 15:00.'],
      clashes: [{ href: '/tutor/sessions/s', text: '14:00–15:00: Mia Novak (ses-7)' }],
      ways: ['The earliest start for 1\u00a0h is 15:10.'],
      fits: [],
    });
  });

  test('the time after one, and one that begins soon', () => {
    const after = viewHindrance([clash('13:00:00', '14:00:00')], { now: [], next }, 45, { ...sight, by: 'office' });
    expect(after?.lines).toEqual(['The time between two sessions is not over yet.']);
    expect(after?.ways).toEqual(['The earliest start is 15:10, for 30\u00a0min or 1\u00a0h.']);
    const before = viewHindrance([clash('14:40:00', '15:00:00')], { now: [30], next: null }, 60, sight);
    expect(before?.lines).toEqual(['Your next session begins at 14:40, which is too soon for this one.']);
    expect(before?.ways).toEqual(['From now 30\u00a0min fits.']);
  });

  test('where nothing fits for long it says so', () => {
    const problem: BookingProblem = { code: 'closed', severity: 'blocking', message: 'Closed then: Easter.' };
    expect(viewHindrance([problem], { now: [], next: null }, 60, sight)).toMatchObject({
      lines: ['Closed then: Easter.'],
      ways: ['Nothing fits within the next 12 hours: plan it for another time.'],
    });
  });

  test('a warning stands in nobody’s way', () => {
    expect(
      viewHindrance([{ code: 'not_taught', severity: 'warning', message: 'x' }], { now: [60], next: null }, 60, sight),
    ).toBeNull();
  });
});

test('a tutor reads of their own hours, the office of whose they are', () => {
  const message = 'This is outside Ana Núñez’s hours.';
  const problems: BookingProblem[] = [{ code: 'outside_availability', severity: 'warning', message }];
  const preview = { problems, billed: null, unbilled: null, fit: { now: [60], next: null } };
  expect(viewInstantCheck(preview, 60, { ...sight, by: 'tutor' }).notes).toEqual(['This is outside your hours.']);
  expect(viewInstantCheck(preview, 60, { ...sight, by: 'office' }).notes).toEqual([message]);
});

describe('billable or not', () => {
  const place = {
    studentId: 's',
    name: 'Mia',
    billingMode: 'm',
    fee: 6000n,
    credits: null,
    creditsAvailable: null,
    note: 'Invoiced.',
  };

  test('says the credits that are left', () => {
    const words = (creditsAvailable: bigint) =>
      billingWords({ ...place, fee: null, credits: 100n, creditsAvailable }, true, sight);
    expect(words(650n)).toBe('Takes 1 credit, and 6.5 credits are left. Invoiced.');
    expect(words(50n)).toContain('too few');
  });

  test('names a price to those alone who may see it', () => {
    expect(billingWords(place, true, sight)).toBe('Invoiced.');
    expect(billingWords(place, true, { ...sight, charge: true })).toContain('60');
  });
});
