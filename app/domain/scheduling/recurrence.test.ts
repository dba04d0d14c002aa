import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { lastDate, listDates, matchDates, type Recurrence, readRule, WEEKDAYS, weekdayOf, whyNotMade } from './recurrence.ts';
import { addDays, instantToWall, wallToInstant } from './wall-time.ts';

const own = process.env.TZ;
afterAll(() => {
  if (own === undefined) delete process.env.TZ;
  else process.env.TZ = own;
});

/** '1997-09 2-4,9' is the 2nd, 3rd, 4th and 9th of September 1997. */
const days = (...months: string[]): string[] =>
  months.flatMap((text) => {
    const [month = '', list = ''] = text.split(' ');
    return list.split(',').flatMap((span) => {
      const [first = 0, last = first] = span.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, n) => `${month}-${String(first + n).padStart(2, '0')}`);
    });
  });

interface Example {
  name: string;
  from: string;
  rule: string;
  count?: number;
  until?: string;
  /** All of them, or the first where the rule has no end. */
  dates: string[];
}

/**
 * The examples of RFC 5545, 3.8.5.3, whose frequency is a day or more. UNTIL is given there as an instant in UTC: here it
 * is the last local day on which 09:00 in New York is not after it (19971224T000000Z is the evening of the 23rd).
 */
const rfc5545: Example[] = [
  { name: 'daily for 10 occurrences', from: '1997-09-02', rule: 'FREQ=DAILY', count: 10, dates: days('1997-09 2-11') },
  {
    name: 'daily until December 24',
    from: '1997-09-02',
    rule: 'FREQ=DAILY',
    until: '1997-12-23',
    dates: days('1997-09 2-30', '1997-10 1-31', '1997-11 1-30', '1997-12 1-23'),
  },
  {
    name: 'every other day',
    from: '1997-09-02',
    rule: 'FREQ=DAILY;INTERVAL=2',
    dates: days(
      '1997-09 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30',
      '1997-10 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30',
      '1997-11 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29',
      '1997-12 1,3',
    ),
  },
  {
    name: 'every 10 days, 5 occurrences',
    from: '1997-09-02',
    rule: 'FREQ=DAILY;INTERVAL=10',
    count: 5,
    dates: days('1997-09 2,12,22', '1997-10 2,12'),
  },
  {
    name: 'every day in January for three years, by the year',
    from: '1998-01-01',
    rule: 'FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
    until: '2000-01-31',
    dates: days('1998-01 1-31', '1999-01 1-31', '2000-01 1-31'),
  },
  {
    name: 'every day in January for three years, by the day',
    from: '1998-01-01',
    rule: 'FREQ=DAILY;BYMONTH=1',
    until: '2000-01-31',
    dates: days('1998-01 1-31', '1999-01 1-31', '2000-01 1-31'),
  },
  {
    name: 'weekly for 10 occurrences',
    from: '1997-09-02',
    rule: 'FREQ=WEEKLY',
    count: 10,
    dates: days('1997-09 2,9,16,23,30', '1997-10 7,14,21,28', '1997-11 4'),
  },
  {
    name: 'weekly until December 24',
    from: '1997-09-02',
    rule: 'FREQ=WEEKLY',
    until: '1997-12-23',
    dates: days('1997-09 2,9,16,23,30', '1997-10 7,14,21,28', '1997-11 4,11,18,25', '1997-12 2,9,16,23'),
  },
  {
    name: 'every other week',
    from: '1997-09-02',
    rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    dates: days('1997-09 2,16,30', '1997-10 14,28', '1997-11 11,25', '1997-12 9,23', '1998-01 6,20', '1998-02 3,17'),
  },
  ...(['until', 'count'] as const).map((end) => ({
    name: `weekly on Tuesday and Thursday for five weeks, by ${end}`,
    from: '1997-09-02',
    rule: 'FREQ=WEEKLY;WKST=SU;BYDAY=TU,TH',
    ...(end === 'until' ? { until: '1997-10-06' } : { count: 10 }),
    dates: days('1997-09 2,4,9,11,16,18,23,25,30', '1997-10 2'),
  })),
  {
    name: 'every other week on Monday, Wednesday and Friday until December 24',
    from: '1997-09-01',
    rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,WE,FR',
    until: '1997-12-23',
    dates: days('1997-09 1,3,5,15,17,19,29', '1997-10 1,3,13,15,17,27,29,31', '1997-11 10,12,14,24,26,28', '1997-12 8,10,12,22'),
  },
  {
    name: 'every other week on Tuesday and Thursday, 8 occurrences',
    from: '1997-09-02',
    rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH',
    count: 8,
    dates: days('1997-09 2,4,16,18,30', '1997-10 2,14,16'),
  },
  {
    name: 'the first Friday of the month, 10 occurrences',
    from: '1997-09-05',
    rule: 'FREQ=MONTHLY;BYDAY=1FR',
    count: 10,
    dates: days(
      ...['1997-09 5', '1997-10 3', '1997-11 7', '1997-12 5', '1998-01 2', '1998-02 6', '1998-03 6', '1998-04 3'],
      ...['1998-05 1', '1998-06 5'],
    ),
  },
  {
    name: 'the first Friday of the month until December 24',
    from: '1997-09-05',
    rule: 'FREQ=MONTHLY;BYDAY=1FR',
    until: '1997-12-23',
    dates: days('1997-09 5', '1997-10 3', '1997-11 7', '1997-12 5'),
  },
  {
    name: 'every other month on the first and the last Sunday, 10 occurrences',
    from: '1997-09-07',
    rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU',
    count: 10,
    dates: days('1997-09 7,28', '1997-11 2,30', '1998-01 4,25', '1998-03 1,29', '1998-05 3,31'),
  },
  {
    name: 'the second-to-last Monday of the month for six months',
    from: '1997-09-22',
    rule: 'FREQ=MONTHLY;BYDAY=-2MO',
    count: 6,
    dates: days('1997-09 22', '1997-10 20', '1997-11 17', '1997-12 22', '1998-01 19', '1998-02 16'),
  },
  {
    name: 'the third-to-last day of the month',
    from: '1997-09-28',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=-3',
    dates: days('1997-09 28', '1997-10 29', '1997-11 28', '1997-12 29', '1998-01 29', '1998-02 26'),
  },
  {
    name: 'the 2nd and the 15th of the month, 10 occurrences',
    from: '1997-09-02',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=2,15',
    count: 10,
    dates: days('1997-09 2,15', '1997-10 2,15', '1997-11 2,15', '1997-12 2,15', '1998-01 2,15'),
  },
  {
    name: 'the first and the last day of the month, 10 occurrences',
    from: '1997-09-30',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=1,-1',
    count: 10,
    dates: days('1997-09 30', '1997-10 1,31', '1997-11 1,30', '1997-12 1,31', '1998-01 1,31', '1998-02 1'),
  },
  {
    name: 'every 18 months on the 10th to the 15th, 10 occurrences',
    from: '1997-09-10',
    rule: 'FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12,13,14,15',
    count: 10,
    dates: days('1997-09 10-15', '1999-03 10-13'),
  },
  {
    name: 'every Tuesday, every other month',
    from: '1997-09-02',
    rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    dates: days('1997-09 2,9,16,23,30', '1997-11 4,11,18,25', '1998-01 6,13,20,27', '1998-03 3,10,17,24,31'),
  },
  {
    name: 'yearly in June and July, 10 occurrences',
    from: '1997-06-10',
    rule: 'FREQ=YEARLY;BYMONTH=6,7',
    count: 10,
    dates: [1997, 1998, 1999, 2000, 2001].flatMap((year) => days(`${year}-06 10`, `${year}-07 10`)),
  },
  {
    name: 'every other year in January, February and March, 10 occurrences',
    from: '1997-03-10',
    rule: 'FREQ=YEARLY;INTERVAL=2;BYMONTH=1,2,3',
    count: 10,
    dates: [
      ...days('1997-03 10'),
      ...[1999, 2001, 2003].flatMap((year) => days(`${year}-01 10`, `${year}-02 10`, `${year}-03 10`)),
    ],
  },
  {
    name: 'every third year on the 1st, 100th and 200th day, 10 occurrences',
    from: '1997-01-01',
    rule: 'FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200',
    count: 10,
    dates: days(
      ...['1997-01 1', '1997-04 10', '1997-07 19', '2000-01 1', '2000-04 9', '2000-07 18'],
      ...['2003-01 1', '2003-04 10', '2003-07 19', '2006-01 1'],
    ),
  },
  {
    name: 'every 20th Monday of the year',
    from: '1997-05-19',
    rule: 'FREQ=YEARLY;BYDAY=20MO',
    dates: days('1997-05 19', '1998-05 18', '1999-05 17'),
  },
  {
    name: 'Monday of week number 20',
    from: '1997-05-12',
    rule: 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    dates: days('1997-05 12', '1998-05 11', '1999-05 17'),
  },
  {
    name: 'every Thursday in March',
    from: '1997-03-13',
    rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    dates: days('1997-03 13,20,27', '1998-03 5,12,19,26', '1999-03 4,11,18,25'),
  },
  {
    name: 'every Thursday in June, July and August',
    from: '1997-06-05',
    rule: 'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
    dates: days(
      ...['1997-06 5,12,19,26', '1997-07 3,10,17,24,31', '1997-08 7,14,21,28'],
      ...['1998-06 4,11,18,25', '1998-07 2,9,16,23,30', '1998-08 6,13,20,27'],
      ...['1999-06 3,10,17,24', '1999-07 1,8,15,22,29', '1999-08 5,12,19,26'],
    ),
  },
  {
    name: 'every Friday the 13th (its first day is none, and left out)',
    from: '1997-09-02',
    rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    dates: days('1998-02 13', '1998-03 13', '1998-11 13', '1999-08 13', '2000-10 13'),
  },
  {
    name: 'the first Saturday after the first Sunday of the month',
    from: '1997-09-13',
    rule: 'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    dates: days(
      ...['1997-09 13', '1997-10 11', '1997-11 8', '1997-12 13', '1998-01 10', '1998-02 7', '1998-03 7'],
      ...['1998-04 11', '1998-05 9', '1998-06 13'],
    ),
  },
  {
    name: 'the first Tuesday after a Monday in November, every four years',
    from: '1996-11-05',
    rule: 'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    dates: days('1996-11 5', '2000-11 7', '2004-11 2'),
  },
  {
    name: 'the third of Tuesday, Wednesday and Thursday in the month, for three months',
    from: '1997-09-04',
    rule: 'FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3',
    count: 3,
    dates: days('1997-09 4', '1997-10 7', '1997-11 6'),
  },
  {
    name: 'the second-to-last working day of the month',
    from: '1997-09-29',
    rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    dates: days('1997-09 29', '1997-10 30', '1997-11 27', '1997-12 30', '1998-01 29', '1998-02 26', '1998-03 30'),
  },
  {
    name: 'Tuesday and Sunday of every second week, weeks from Monday',
    from: '1997-08-05',
    rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO',
    count: 4,
    dates: days('1997-08 5,10,19,24'),
  },
  {
    name: 'the same with weeks from Sunday is on other days',
    from: '1997-08-05',
    rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
    count: 4,
    dates: days('1997-08 5,17,19,31'),
  },
  {
    name: 'the 30th of February does not exist and counts for nothing',
    from: '2007-01-15',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=15,30',
    count: 5,
    dates: days('2007-01 15,30', '2007-02 15', '2007-03 15,30'),
  },
  // 3.3.10, by words: "the last work day of the month", and the year's last day but one of three.
  {
    name: 'the last working day of the month',
    from: '2026-01-01',
    rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    dates: days('2026-01 30', '2026-02 27', '2026-03 31', '2026-04 30', '2026-05 29'),
  },
  // 3.3.10: a rule by month from a 31st passes over the months that have none.
  {
    name: 'monthly from January 31',
    from: '2007-01-31',
    rule: 'FREQ=MONTHLY',
    count: 5,
    dates: days('2007-01 31', '2007-03 31', '2007-05 31', '2007-07 31', '2007-08 31'),
  },
];

/** West and east of Greenwich, half hours, a day's end apart; the server may stand anywhere. */
const zones = [
  'UTC',
  'America/Los_Angeles',
  'America/New_York',
  'Europe/Dublin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];

describe.each(zones)('the examples of RFC 5545, with the server in %s', (zone) => {
  it.each(rfc5545)('$name', ({ from, rule, count, until, dates }) => {
    process.env.TZ = zone;
    expect(new Date(2026, 0, 1).toISOString()).toBe(wallToInstant('2026-01-01T00:00', zone)?.toISOString());
    const recurrence: Recurrence = { rrule: rule, startsOn: from, untilOn: until ?? null, occurrences: count ?? null };
    const open = until === undefined && count === undefined;
    expect(listDates(recurrence, open ? { to: dates.at(-1) ?? '' } : {})).toEqual(dates);
  });
});

const weekly = (startsOn: string, over: Partial<Recurrence> = {}): Recurrence => ({
  rrule: `FREQ=WEEKLY;BYDAY=${weekdayOf(startsOn)}`,
  startsOn,
  untilOn: null,
  occurrences: null,
  ...over,
});

it('"until" is a day where the lessons are: west of Greenwich it makes no lesson more (odoo 265297)', () => {
  for (const zone of zones) {
    process.env.TZ = zone;
    expect(listDates(weekly('2026-03-03', { untilOn: '2026-03-24' }))).toEqual(days('2026-03 3,10,17,24'));
    expect(listDates(weekly('2026-03-03', { untilOn: '2026-03-23' }))).toEqual(days('2026-03 3,10,17'));
  }
});

it('16:00 stays 16:00 over the change of the clocks, with the server in another zone (odoo 9268, rrule 233)', () => {
  process.env.TZ = 'Asia/Kathmandu';
  const starts = listDates(weekly('2026-03-20', { occurrences: 3 })).map((date) =>
    wallToInstant(`${date}T16:00`, 'Europe/Dublin'),
  );
  expect(starts.map((at) => at?.toISOString())).toEqual([
    '2026-03-20T16:00:00.000Z',
    '2026-03-27T16:00:00.000Z',
    '2026-04-03T15:00:00.000Z',
  ]);
  expect(starts.map((at) => at && instantToWall(at, 'Europe/Dublin').slice(11))).toEqual(['16:00', '16:00', '16:00']);
});

it('where clocks go by half an hour, a lesson before and after it keeps its time (Lord Howe)', () => {
  const starts = listDates(weekly('2026-03-29', { occurrences: 3 })).map((date) =>
    wallToInstant(`${date}T09:00`, 'Australia/Lord_Howe'),
  );
  expect(starts.map((at) => at?.toISOString())).toEqual([
    '2026-03-28T22:00:00.000Z',
    '2026-04-04T22:30:00.000Z',
    '2026-04-11T22:30:00.000Z',
  ]);
});

it('a count is of all, wherever one looks from', () => {
  expect(listDates(weekly('2026-03-03', { occurrences: 4 }), { from: '2026-03-12' })).toEqual(days('2026-03 17,24'));
  expect(lastDate(weekly('2026-03-03', { occurrences: 4 }))).toBe('2026-03-24');
  expect(lastDate(weekly('2026-03-03'))).toBeNull();
});

it.each([
  'FREQ=HOURLY',
  'FREQ=DAILY;BYHOUR=9',
  'FREQ=WEEKLY;BYDAY=2TU',
  'FREQ=WEEKLY;COUNT=3',
  'FREQ=MONTHLY;BYMONTHDAY=32',
  'FREQ=WEEKLY;BYDAY=XX',
  'FREQ=WEEKLY;INTERVAL=0',
  'FREQ=WEEKLY\nDTSTART:20260101',
  'BYDAY=MO',
])('%s is no rule of days', (rrule) => {
  expect(() => readRule(rrule)).toThrow(/not a rule of days/);
});

it('a series of 10,000 is refused, with what to do; so is one of three years, and one without a day', () => {
  expect(whyNotMade(weekly('2026-03-03', { occurrences: 10_000 }))).toMatchObject({
    field: 'count',
    message: expect.stringContaining('leave the end open'),
  });
  expect(whyNotMade(weekly('2026-03-03', { untilOn: '2029-03-03' }))).toMatchObject({
    field: 'until',
    message: expect.stringContaining('two years'),
  });
  expect(whyNotMade(weekly('2026-03-03', { occurrences: 200 }))).toMatchObject({
    field: 'count',
    message: expect.stringContaining('two years'),
  });
  expect(whyNotMade(weekly('2026-03-03', { untilOn: '2026-03-01' }))).toMatchObject({ field: 'until' });
  const never = {
    rrule: 'FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2',
    startsOn: '2026-03-03',
    untilOn: '2027-03-03',
    occurrences: null,
  };
  expect(whyNotMade(never)).toMatchObject({ message: expect.stringContaining('On none of these days') });
  expect(whyNotMade({ ...never, untilOn: null, occurrences: 5 })).toBeDefined();
  expect(whyNotMade(weekly('2026-03-03', { occurrences: 100 }))).toBeUndefined();
  expect(whyNotMade(weekly('2026-03-03'))).toBeUndefined();
});

describe('which day becomes which when the rule changes', () => {
  const rule = (text: string) => `FREQ=WEEKLY;WKST=MO;${text}`;
  it('a Tuesday becomes the Wednesday of its week', () => {
    const former = days('2026-03 3,10,17');
    expect([...matchDates(former, days('2026-03 4,11,18'), [rule('BYDAY=TU'), rule('BYDAY=WE')])]).toEqual([
      ['2026-03-03', '2026-03-04'],
      ['2026-03-10', '2026-03-11'],
      ['2026-03-17', '2026-03-18'],
    ]);
  });
  it('a second day in the week leaves the first where it is', () => {
    const matched = matchDates(days('2026-03 3,10'), days('2026-03 3,5,10,12'), [rule('BYDAY=TU'), rule('BYDAY=TU,TH')]);
    expect([...matched]).toEqual([
      ['2026-03-03', '2026-03-03'],
      ['2026-03-10', '2026-03-10'],
    ]);
  });
  it('every second week keeps every second, and lets the others go', () => {
    const matched = matchDates(days('2026-03 3,10,17'), days('2026-03 4,18'), [rule('BYDAY=TU'), rule('INTERVAL=2;BYDAY=WE')]);
    expect([...matched]).toEqual([
      ['2026-03-03', '2026-03-04'],
      ['2026-03-17', '2026-03-18'],
    ]);
  });
  it('no day has two partners', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-03-02', n));
    const set = fc.uniqueArray(day, { maxLength: 20 }).map((dates) => dates.sort());
    fc.assert(
      fc.property(set, set, fc.subarray([...WEEKDAYS], { minLength: 1 }), (former, next, weekdays) => {
        const matched = matchDates(former, next, [rule(`BYDAY=${weekdays.join()}`), 'FREQ=DAILY']);
        expect(new Set(matched.values()).size).toBe(matched.size);
        for (const [from, to] of matched) {
          expect(former).toContain(from);
          expect(next).toContain(to);
          if (next.includes(from)) expect(to).toBe(from);
        }
      }),
    );
  });
});

it('a weekly rule lists exactly the days a calendar shows by counting, in any week and with any gap', () => {
  const start = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2020-01-01', n));
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 1, max: 4 }),
      fc.subarray([...WEEKDAYS], { minLength: 1 }),
      (startsOn, interval, weekdays) => {
        const to = addDays(startsOn, 120);
        const monday = addDays(startsOn, -WEEKDAYS.indexOf(weekdayOf(startsOn)));
        const counted: string[] = [];
        for (let date = startsOn, n = WEEKDAYS.indexOf(weekdayOf(startsOn)); date <= to; date = addDays(date, 1), n++) {
          if (Math.floor(n / 7) % interval === 0 && weekdays.includes(weekdayOf(date))) counted.push(date);
        }
        expect(monday <= startsOn).toBe(true);
        const rrule = `FREQ=WEEKLY;INTERVAL=${interval};WKST=MO;BYDAY=${weekdays.join()}`;
        expect(listDates({ rrule, startsOn, untilOn: null, occurrences: null }, { to })).toEqual(counted);
      },
    ),
  );
});
