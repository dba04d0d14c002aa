import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AvailabilityException, type AvailabilityRule, openRanges } from './availability.ts';
import { type BookedBy, type Fitting, freeStarts, whyNot } from './fit.ts';
import { dateOf, dayNumber, startAt, wallOf } from './local-days.ts';
import { defaultSchedulingRules, type SchedulingRules } from './scheduling-rules.ts';
import { type PlacePoint, pairKey } from './travel.ts';
import type { BusyTime, TutorCalendar } from './tutor-calendar.ts';
import { addMinutes, instantToWall, startOfDay, wallToInstant } from './wall-time.ts';

const at = (time: string) => Date.parse(`2026-03-03T${time}:00Z`);
const now = new Date('2026-03-02T09:00:00Z');
const rules: SchedulingRules = { ...defaultSchedulingRules, minNoticeMinutes: 0, travel: { defaultMinutes: 20, speedKmh: 30 } };
const school: PlacePoint = { id: 'a', name: 'Lincoln High', latitude: null, longitude: null };
const home: PlacePoint = { id: 'b', name: 'the Vale family’s home', latitude: null, longitude: null };

const busy = (from: string, to: string, over: Partial<BusyTime> = {}): BusyTime => ({
  start: at(from),
  end: at(to),
  bufferedEnd: at(to),
  sessionId: 'there',
  inPerson: over.place !== undefined,
  place: null,
  ...over,
});

const calendar = (over: Partial<TutorCalendar> = {}): TutorCalendar => ({
  tutorId: 't',
  name: 'Tess Tutor',
  archived: false,
  zone: 'Europe/Dublin',
  organisationZone: 'Europe/Dublin',
  bufferMinutes: 0,
  isSet: true,
  open: [{ start: at('00:00'), end: at('23:59') }],
  timeOff: [],
  closures: [],
  busy: [],
  rules,
  maxMinutesPerWeek: null,
  minutesByDay: new Map(),
  minutesByWeek: new Map(),
  travel: new Map(),
  ...over,
});

const session = (from: string, to: string, place: PlacePoint | null = null): Fitting => ({
  startsAt: new Date(at(from)),
  endsAt: new Date(at(to)),
  programId: 'p',
  place,
});
const messages = (own: TutorCalendar, fitting: Fitting, by: BookedBy = 'family') =>
  whyNot(own, fitting, { by, now }).map(({ message }) => message);
const codes = (own: TutorCalendar, fitting: Fitting, by: BookedBy = 'family') =>
  whyNot(own, fitting, { by, now }).map(({ code }) => code);

describe('travel between two places', () => {
  const twelve = new Map([[pairKey('a', 'b'), { minutes: 12, miles: 4 }]]);
  const own = calendar({ travel: twelve, busy: [busy('14:00', '15:00', { place: school })] });

  it('names the way, its minutes and what is free, to the place after as well', () => {
    expect(messages(own, session('15:05', '16:05', home))).toEqual([
      '12 min from Lincoln High to the Vale family’s home, only 5 free.',
    ]);
    expect(messages(own, session('12:50', '13:50', home))).toEqual([
      '12 min from the Vale family’s home to Lincoln High, only 10 free.',
    ]);
    expect(messages(own, session('15:12', '16:12', home))).toEqual([]);
    expect(messages(own, session('12:48', '13:48', home))).toEqual([]);
  });

  it('blocks everybody, the office too', () => {
    for (const by of ['office', 'api', 'tutor', 'family', 'storefront'] as const)
      expect(whyNot(own, session('15:05', '16:05', home), { by, now })).toMatchObject([
        { code: 'travel_conflict', severity: 'blocking' },
      ]);
  });

  it('is not asked online, at the same place, or where the place is not known', () => {
    expect(messages(own, session('15:00', '16:00'))).toEqual([]);
    expect(messages(own, session('15:00', '16:00', school))).toEqual([]);
    expect(messages(calendar({ busy: [busy('14:00', '15:00')] }), session('15:00', '16:00', home))).toEqual([]);
  });

  it('the larger of buffer and way lies between two sessions, never their sum', () => {
    const buffered = { ...own, bufferMinutes: 10, busy: [busy('14:00', '15:00', { place: school, bufferedEnd: at('15:10') })] };
    expect(codes(buffered, session('15:05', '16:05', home))).toEqual(['tutor_conflict', 'travel_conflict']);
    expect(codes(buffered, session('15:10', '16:10', home))).toEqual(['travel_conflict']);
    expect(codes(buffered, session('15:12', '16:12', home))).toEqual([]);
    const long = { ...own, bufferMinutes: 30, busy: [busy('14:00', '15:00', { place: school, bufferedEnd: at('15:30') })] };
    expect(codes(long, session('15:29', '16:29', home))).toEqual(['tutor_conflict']);
    expect(codes(long, session('15:30', '16:30', home))).toEqual([]);
  });

  it('what is taught online on the way takes of the time there is', () => {
    const both = calendar({
      travel: twelve,
      busy: [busy('14:00', '15:00', { place: school }), busy('15:05', '16:05')],
    });
    expect(messages(both, session('16:05', '17:05', home))).toEqual([
      '12 min from Lincoln High to the Vale family’s home, only 5 free.',
    ]);
    expect(messages(both, session('16:12', '17:12', home))).toEqual([]);
    const between = calendar({
      travel: twelve,
      busy: [busy('14:00', '15:00', { place: school }), busy('16:00', '17:00', { place: home })],
    });
    expect(codes(between, session('15:00', '15:50'))).toEqual(['travel_conflict']);
    expect(codes(between, session('15:00', '15:45'))).toEqual([]);
  });
});

describe('buffers and what is taken', () => {
  it("buffers don't double: one between two sessions", () => {
    const own = calendar({ bufferMinutes: 15, busy: [busy('14:00', '15:00', { bufferedEnd: at('15:15') })] });
    expect(codes(own, session('15:15', '16:15'))).toEqual([]);
    expect(codes(own, session('12:45', '13:45'))).toEqual([]);
    expect(codes(own, session('15:14', '16:14'))).toEqual(['tutor_conflict']);
    expect(codes(own, session('12:46', '13:46'))).toEqual(['tutor_conflict']);
  });

  it('a long session still fits a free window under twice its length', () => {
    const own = calendar({ open: [{ start: at('09:00'), end: at('11:45') }] });
    const search = { from: new Date(at('00:00')), to: new Date(at('23:00')), zone: 'Europe/Dublin', gridMinutes: 15 };
    const starts = freeStarts(own, { ...search, durationMinutes: 120, programId: 'p', place: null, by: 'family', now });
    expect(starts.map((start) => start.toISOString().slice(11, 16))).toEqual(['09:00', '09:15', '09:30', '09:45']);
  });

  it('a time that somebody holds is said as that', () => {
    expect(messages(calendar({ busy: [busy('14:00', '15:00', { sessionId: null })] }), session('14:30', '15:30'))).toEqual([
      'Somebody is booking Tess Tutor for this time right now.',
    ]);
  });
});

describe('hours, time off, closures, notice and limits', () => {
  const day = calendar({
    open: [{ start: at('09:00'), end: at('12:00') }],
    timeOff: [
      { id: '1', status: 'approved', reason: '', start: at('13:00'), end: at('14:00') },
      { id: '2', status: 'requested', reason: '', start: at('09:00'), end: at('10:00') },
    ],
    closures: [
      { name: 'Easter', programId: null, start: at('15:00'), end: at('16:00') },
      { name: 'Exams', programId: 'other', start: at('09:00'), end: at('10:00') },
    ],
  });

  it('are warnings to the office and refusals to others; time off counts once it is approved', () => {
    expect(messages(day, session('09:00', '10:00'))).toEqual([]);
    expect(messages(day, session('11:30', '13:30'))).toEqual([
      'This is outside Tess Tutor’s hours.',
      'Tess Tutor has time off then.',
    ]);
    expect(messages(day, session('15:00', '16:00'))).toEqual(['This is outside Tess Tutor’s hours.', 'Closed then: Easter.']);
    for (const [by, severity] of [
      ['office', 'warning'],
      ['api', 'warning'],
      ['tutor', 'blocking'],
      ['storefront', 'blocking'],
    ] as const)
      expect(new Set(whyNot(day, session('11:30', '15:30'), { by, now }).map((one) => one.severity))).toEqual(
        new Set([severity]),
      );
  });

  it('of a program close that program only', () => {
    expect(messages(day, { ...session('09:00', '10:00'), programId: 'other' })).toEqual(['This program is closed then: Exams.']);
  });

  it('notice and horizon bind families and tutors; exactly the notice is in time, and the last day counts whole', () => {
    const own = calendar({ rules: { ...rules, minNoticeMinutes: 29 * 60, horizonDays: 1 } });
    expect(codes(own, session('14:00', '15:00'))).toEqual([]);
    expect(codes(own, session('13:59', '14:59'))).toEqual(['too_soon']);
    expect(codes(own, session('13:59', '14:59'), 'office')).toEqual([]);
    expect(codes(own, session('22:30', '23:30'))).toEqual([]);
    const today = calendar({ rules: { ...rules, horizonDays: 1 }, open: [{ start: 0, end: Number.MAX_SAFE_INTEGER }] });
    const next = { ...session('00:00', '01:00'), startsAt: new Date('2026-03-04T00:00Z'), endsAt: new Date('2026-03-04T01:00Z') };
    expect(codes(today, next)).toEqual(['beyond_horizon']);
  });

  it("a day's and a week's limit count what is taught already; the smaller of two weekly ones holds", () => {
    const own = calendar({
      rules: { ...rules, maxMinutesPerDay: 240, maxMinutesPerWeek: 900 },
      maxMinutesPerWeek: 600,
      minutesByDay: new Map([['2026-03-03', 180]]),
      minutesByWeek: new Map([['2026-03-02', 540]]),
    });
    expect(messages(own, session('10:00', '11:00'))).toEqual([]);
    expect(messages(own, session('10:00', '11:15'))).toEqual([
      'This would be 4 h 15 min on one day; Tess Tutor teaches at most 4 h.',
      'This would be 10 h 15 min in one week; Tess Tutor teaches at most 10 h.',
    ]);
    expect(whyNot(own, session('10:00', '11:15'), { by: 'office', now }).map((one) => one.severity)).toEqual([
      'warning',
      'warning',
    ]);
  });
});

const zones = ['Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Europe/Dublin', 'Pacific/Auckland'] as const;
/** Days on and about which clocks change in one of them, and an ordinary one. */
const days = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-09-27',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-06-10',
] as const;

describe('slots and checks are one', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 60 }))
    .map(([start, length]) => ({ startMinute: start * 15, endMinute: (start + length) * 15 }));
  const someRules: fc.Arbitrary<AvailabilityRule[]> = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 7 }), span).map(([weekday, own]) => ({ weekday, ...own, validFrom: null, validTo: null })),
    { maxLength: 6 },
  );
  const world = fc.record({
    zone: fc.constantFrom(...zones),
    organisationZone: fc.constantFrom(...zones),
    day: fc.constantFrom(...days),
    rules: someRules,
    exceptions: fc.array(fc.tuple(fc.integer({ min: -1, max: 1 }), fc.boolean(), span), { maxLength: 3 }),
    unset: fc.constantFrom('never' as const, 'always' as const),
    taken: fc.array(
      fc.record({
        at: fc.integer({ min: -24, max: 100 }),
        quarters: fc.integer({ min: 1, max: 8 }),
        place: fc.integer({ min: 0, max: 2 }),
      }),
      {
        maxLength: 6,
      },
    ),
    buffer: fc.constantFrom(0, 10, 15, 30),
    off: fc.option(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 40 }))),
    limit: fc.option(fc.constantFrom(60, 120, 180)),
    notice: fc.constantFrom(0, 600, 1500),
    minutes: fc.constantFrom(15, 30, 45, 60, 90),
    grid: fc.constantFrom(10, 15, 30, 60),
    place: fc.integer({ min: 0, max: 2 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    by: fc.constantFrom<BookedBy>('family', 'tutor', 'storefront', 'office', 'api'),
  });
  const places = [null, school, home];

  it('whatever the calendar, zone and rules: a start is listed if and only if nothing speaks against it, and can be said by a clock', () => {
    fc.assert(
      fc.property(world, (w) => {
        const from = startOfDay(w.day, w.organisationZone);
        const to = startOfDay(dateOf(dayNumber(w.day) + 1), w.organisationZone);
        const exceptions: AvailabilityException[] = w.exceptions.map(([offset, open, own]) => ({
          localDate: dateOf(dayNumber(w.day) + offset),
          open,
          ...own,
        }));
        const quarter = (n: number) => from.getTime() + n * 15 * 60_000;
        const taken = w.taken
          .map(({ at: n, quarters, place }) => ({
            start: quarter(n),
            end: quarter(n + quarters),
            bufferedEnd: quarter(n + quarters) + w.buffer * 60_000,
            sessionId: 'there',
            inPerson: place > 0,
            place: places[place] ?? null,
          }))
          .sort((a, b) => a.start - b.start)
          // The database lets none in that overlaps another; of two, the earlier is in.
          .filter((one, i, all) => all.slice(0, i).every((other) => other.bufferedEnd <= one.start));
        const until = addMinutes(to, w.minutes);
        const own = calendar({
          zone: w.zone,
          organisationZone: w.organisationZone,
          bufferMinutes: w.buffer,
          open: openRanges({ rules: w.rules, exceptions, zone: w.zone, from, to: until, unset: w.unset }),
          busy: taken,
          timeOff: w.off
            ? [{ id: '1', status: 'approved', reason: '', start: quarter(w.off[0]), end: quarter(w.off[0] + w.off[1]) }]
            : [],
          rules: { ...rules, minNoticeMinutes: w.notice, maxMinutesPerDay: w.limit },
        });
        const context = { by: w.by, now: addMinutes(from, -720) };
        const search = { from, to, zone: w.organisationZone, gridMinutes: w.grid, durationMinutes: w.minutes, programId: 'p' };
        const place = places[w.place] ?? null;
        const listed = new Set(freeStarts(own, { ...search, ...context, place }).map((start) => start.getTime()));
        const expected = new Set<number>();
        for (let minute = 0; minute < 1440; minute += w.grid) {
          const start = startAt(dayNumber(w.day), minute, w.organisationZone);
          if (start === undefined) continue;
          const fitting = { startsAt: new Date(start), endsAt: new Date(start + w.minutes * 60_000), programId: 'p', place };
          if (whyNot(own, fitting, context).length === 0) expected.add(start);
        }
        expect(listed).toEqual(expected);
        // What a booking makes of what a clock shows, at one of them and at any minute.
        const [one] = listed;
        if (one !== undefined) {
          const shown = wallOf(one, w.organisationZone);
          expect(shown).toBe(instantToWall(new Date(one), w.organisationZone));
          expect(wallToInstant(shown, w.organisationZone)?.getTime()).toBe(one);
        }
        const wall = `${w.day}T${String(Math.floor(w.minute / 60)).padStart(2, '0')}:${String(w.minute % 60).padStart(2, '0')}`;
        expect(startAt(dayNumber(w.day), w.minute, w.organisationZone)).toBe(wallToInstant(wall, w.organisationZone)?.getTime());
        for (const start of listed) {
          for (const other of taken)
            expect(other.start < start + (w.minutes + w.buffer) * 60_000 && start < other.bufferedEnd).toBe(false);
        }
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);
});
