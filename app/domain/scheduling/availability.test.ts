import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Availability, type AvailabilityException, type AvailabilityRule, openRanges } from './availability.ts';
import { dateOf, dayNumber, wallOf, weekdayOf } from './local-days.ts';
import { addMinutes, instantToWall, localDateOf, startOfDay } from './wall-time.ts';

const rule = (weekday: number, from: number, to: number, over: Partial<AvailabilityRule> = {}): AvailabilityRule => ({
  weekday,
  startMinute: from * 60,
  endMinute: to * 60,
  validFrom: null,
  validTo: null,
  ...over,
});
const exception = (localDate: string, open: boolean, from: number, to: number): AvailabilityException => ({
  localDate,
  open,
  startMinute: from * 60,
  endMinute: to * 60,
});

/** What is open from one local day to another, in the zone's wall time. */
function hours(over: Partial<Availability> & { days: [string, string] }): string[] {
  const zone = over.zone ?? 'Europe/Dublin';
  const [from, to] = over.days.map((day) => startOfDay(day, zone)) as [Date, Date];
  const open = openRanges({ rules: [], exceptions: [], unset: 'never', zone, from, to, ...over });
  return open.map(
    ({ start, end }) =>
      `${instantToWall(new Date(start), zone)} to ${instantToWall(new Date(end), zone)} (${(end - start) / 60_000})`,
  );
}

describe('when a tutor can teach', () => {
  it('hours repeat by weekday between their dates of validity, the last not included', () => {
    const rules = [rule(1, 9, 12, { validFrom: '2026-03-09', validTo: '2026-03-23' }), rule(3, 15, 18)];
    expect(hours({ rules, days: ['2026-03-02', '2026-03-25'] })).toEqual([
      '2026-03-04T15:00 to 2026-03-04T18:00 (180)',
      '2026-03-09T09:00 to 2026-03-09T12:00 (180)',
      '2026-03-11T15:00 to 2026-03-11T18:00 (180)',
      '2026-03-16T09:00 to 2026-03-16T12:00 (180)',
      '2026-03-18T15:00 to 2026-03-18T18:00 (180)',
    ]);
  });

  it('on the day the clocks go forward and in the weeks after, nine is nine', () => {
    const rules = [rule(7, 9, 12)];
    expect(hours({ rules, days: ['2026-03-22', '2026-04-06'] })).toEqual([
      '2026-03-22T09:00 to 2026-03-22T12:00 (180)',
      '2026-03-29T09:00 to 2026-03-29T12:00 (180)',
      '2026-04-05T09:00 to 2026-04-05T12:00 (180)',
    ]);
  });

  it('hours over the change itself are an hour shorter in spring, longer in autumn, and begin at the change where it skips them', () => {
    expect(hours({ rules: [rule(7, 0, 3)], days: ['2026-03-29', '2026-03-30'] })).toEqual([
      '2026-03-29T00:00 to 2026-03-29T03:00 (120)',
    ]);
    expect(hours({ rules: [rule(7, 0, 3)], days: ['2026-10-25', '2026-10-26'] })).toEqual([
      '2026-10-25T00:00 to 2026-10-25T03:00 (240)',
    ]);
    expect(hours({ rules: [rule(7, 1.5, 3)], days: ['2026-03-29', '2026-03-30'] })).toEqual([
      '2026-03-29T02:00 to 2026-03-29T03:00 (60)',
    ]);
  });

  it('clocks that change by half an hour, and zones at +5:45', () => {
    const lordHowe = { zone: 'Australia/Lord_Howe', rules: [rule(7, 0, 24)] };
    expect(hours({ ...lordHowe, days: ['2026-04-05', '2026-04-06'] })).toEqual(['2026-04-05T00:00 to 2026-04-06T00:00 (1470)']);
    expect(hours({ ...lordHowe, days: ['2026-10-04', '2026-10-05'] })).toEqual(['2026-10-04T00:00 to 2026-10-05T00:00 (1410)']);
    const kathmandu = { zone: 'Asia/Kathmandu', rules: [rule(1, 9, 10)], days: ['2026-03-02', '2026-03-03'] as [string, string] };
    expect(hours(kathmandu)).toEqual(['2026-03-02T09:00 to 2026-03-02T10:00 (60)']);
    const [open] = openRanges({
      ...kathmandu,
      exceptions: [],
      unset: 'never',
      from: new Date('2026-03-02T00:00Z'),
      to: new Date('2026-03-03T00:00Z'),
    });
    expect(new Date(open?.start ?? 0).toISOString()).toBe('2026-03-02T03:15:00.000Z');
  });

  it('a day that begins at one, since midnight is skipped', () => {
    expect(hours({ zone: 'Africa/Cairo', rules: [rule(5, 0, 3)], days: ['2026-04-24', '2026-04-25'] })).toEqual([
      '2026-04-24T01:00 to 2026-04-24T03:00 (120)',
    ]);
  });

  it('an exception opens a day that is off, on the right day in another zone', () => {
    const exceptions = [exception('2026-03-07', true, 10, 12)];
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(hours({ zone, rules: [rule(1, 9, 12)], exceptions, days: ['2026-03-03', '2026-03-09'] })).toEqual([
        '2026-03-07T10:00 to 2026-03-07T12:00 (120)',
      ]);
    }
  });

  it('a day that is closed is closed to what spills over midnight into it, and its own evening is off to its end', () => {
    const rules = [rule(5, 22, 26), rule(6, 22, 26)];
    const exceptions = [exception('2026-03-07', false, 0, 24)];
    expect(hours({ rules, exceptions, days: ['2026-03-06', '2026-03-09'] })).toEqual([
      '2026-03-06T22:00 to 2026-03-07T00:00 (120)',
    ]);
    expect(hours({ rules, days: ['2026-03-07', '2026-03-08'] })).toEqual([
      '2026-03-07T00:00 to 2026-03-07T02:00 (120)',
      '2026-03-07T22:00 to 2026-03-08T00:00 (120)',
    ]);
  });

  it('closed but for an hour: an opening beats what is closed on its own day', () => {
    const exceptions = [exception('2026-03-02', false, 0, 24), exception('2026-03-02', true, 10, 11)];
    expect(hours({ rules: [rule(1, 9, 17)], exceptions, days: ['2026-03-02', '2026-03-03'] })).toEqual([
      '2026-03-02T10:00 to 2026-03-02T11:00 (60)',
    ]);
  });

  it('a tutor without hours is read as the company says, and a closed day stays closed', () => {
    const days: [string, string] = ['2026-03-02', '2026-03-04'];
    expect(hours({ days, unset: 'never' })).toEqual([]);
    expect(hours({ days, unset: 'always', exceptions: [exception('2026-03-03', false, 0, 24)] })).toEqual([
      '2026-03-02T00:00 to 2026-03-03T00:00 (1440)',
    ]);
    expect(hours({ days, unset: 'always', rules: [rule(5, 9, 10)] })).toEqual([]);
  });

  it('agrees, minute by minute, with asking what the clock in the zone shows', () => {
    const zone = fc.constantFrom(
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/New_York',
      'Europe/Dublin',
      'Pacific/Auckland',
    );
    const span = fc
      .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
      .map(([startMinute, length]) => ({ startMinute, endMinute: startMinute + length }));
    const someRules = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 7 }), span)
        .map(([weekday, own]) => ({ weekday, ...own, validFrom: null, validTo: null })),
      { minLength: 1, maxLength: 5 },
    );
    // The week before, of and after the changes in those zones.
    const day = fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-09-27',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
      '2026-06-10',
    );
    fc.assert(
      fc.property(zone, someRules, day, fc.integer({ min: -2880, max: 2880 }), (where, rules, near, offset) => {
        const from = startOfDay(dateOf(dayNumber(near) - 2), where);
        const to = addMinutes(from, 5 * 1440);
        const open = openRanges({ rules, exceptions: [], zone: where, from, to, unset: 'never' });
        const moment = addMinutes(startOfDay(near, where), Math.min(offset, 2879)).getTime();
        fc.pre(!isSecondTime(moment, where));
        const isOpen = open.some(({ start, end }) => start <= moment && moment < end);
        expect(isOpen).toBe(rules.some((own) => shows(own, moment, where)));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** Whether the clock shows a time within the rule's hours, on the day they begin or the one after. */
function shows(own: AvailabilityRule, moment: number, zone: string): boolean {
  const day = dayNumber(localDateOf(new Date(moment), zone));
  const wall = instantToWall(new Date(moment), zone);
  expect(wallOf(moment, zone)).toBe(wall);
  const minute = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  return [0, 1].some((back) => {
    const at = minute + back * 1440;
    return weekdayOf(day - back) === own.weekday && own.startMinute <= at && at < own.endMinute;
  });
}

/** The clock has shown this time before, half an hour or an hour ago. */
const isSecondTime = (moment: number, zone: string) =>
  [30, 60].some((minutes) => instantToWall(new Date(moment - minutes * 60_000), zone) === instantToWall(new Date(moment), zone));
