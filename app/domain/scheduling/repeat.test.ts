import { describe, expect, it } from 'vitest';
import { listDates } from './recurrence.ts';
import { repeatOf, rruleInWords, ruleOf, seriesInWords } from './repeat.ts';
import { shiftRule } from './shift-rule.ts';

describe('the form of a series', () => {
  it.each([
    ['weekly', [], '2026-03-03', ['2026-03-03', '2026-03-10', '2026-03-17']],
    ['weekly', ['TU', 'TH'], '2026-03-03', ['2026-03-03', '2026-03-05', '2026-03-10']],
    ['fortnightly', ['TU', 'TH'], '2026-03-03', ['2026-03-03', '2026-03-05', '2026-03-17']],
    // Chosen days without that of the first: it begins on the first of them.
    ['weekly', ['TH'], '2026-03-03', ['2026-03-05', '2026-03-12', '2026-03-19']],
    ['monthly_day', [], '2026-01-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['monthly_weekday', [], '2026-03-10', ['2026-03-10', '2026-04-14', '2026-05-12']],
    // A fifth Tuesday is missing in most months, so the last is meant.
    ['monthly_weekday', [], '2026-03-31', ['2026-03-31', '2026-04-28', '2026-05-26']],
    ['monthly_last_weekday', [], '2026-03-10', ['2026-03-31', '2026-04-28', '2026-05-26']],
  ] as const)('%s on %j from %s', (repeat, weekdays, startsOn, dates) => {
    const rrule = ruleOf({ repeat, weekdays }, startsOn);
    expect(listDates({ rrule, startsOn, untilOn: null, occurrences: 3 })).toEqual(dates);
    expect(ruleOf(repeatOf(rrule) ?? { repeat: 'weekly', weekdays: [] }, startsOn)).toBe(rrule);
  });

  it.each(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'FREQ=YEARLY'])(
    '%s is more than the form can say',
    (rrule) => {
      expect(repeatOf(rrule)).toBeUndefined();
    },
  );
});

it.each([
  ['FREQ=WEEKLY;BYDAY=TU', 'every Tuesday'],
  ['FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,TH', 'every second Tuesday and Thursday'],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE,FR', 'every 3 weeks on Monday, Wednesday, and Friday'],
  ['FREQ=MONTHLY;BYMONTHDAY=31', 'every month on the 31st'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,-1', 'every month on the 1st and last day'],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
  ['FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU', 'every second month on the second Tuesday'],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'every month on the 13th where it is a Friday'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'every month on the last working day'],
  ['FREQ=YEARLY;BYMONTH=6,7;BYDAY=TH', 'every year on every Thursday in June and July'],
  ['FREQ=DAILY;INTERVAL=2', 'every second day'],
])('%s reads "%s"', (rrule, text) => {
  expect(rruleInWords(rrule)).toBe(text);
});

it('a series is said with its time and its end', () => {
  const series = { rrule: 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,TH', startsOn: '2026-03-03', startMinute: 960 };
  expect(seriesInWords({ ...series, untilOn: '2026-06-20', occurrences: null }, 'en-IE')).toBe(
    'every second Tuesday and Thursday at 16:00, until 20 June 2026',
  );
  expect(seriesInWords({ ...series, untilOn: null, occurrences: 12 }, 'en-IE')).toMatch(/at 16:00, 12 times$/);
  expect(seriesInWords({ ...series, untilOn: null, occurrences: null }, 'en-US')).toMatch(/at 4:00.PM$/);
});

describe('one session moved to another day, and those after it', () => {
  it.each([
    ['FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TU', '2026-03-03', '2026-03-05', 'FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TH'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,TU', '2026-03-03', '2026-03-05', 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,TH'],
    ['FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TU', '2026-03-03', '2026-03-10', 'FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TU'],
    ['FREQ=MONTHLY;BYDAY=1TU', '2026-03-03', '2026-03-11', 'FREQ=MONTHLY;BYDAY=2WE'],
    ['FREQ=MONTHLY;BYMONTHDAY=3', '2026-03-03', '2026-03-11', 'FREQ=MONTHLY;BYMONTHDAY=11'],
    ['FREQ=DAILY;INTERVAL=3', '2026-03-03', '2026-03-04', undefined],
  ])('%s from %s to %s', (rrule, from, to, shifted) => {
    expect(shiftRule(rrule, from, to)).toBe(shifted);
  });
});
