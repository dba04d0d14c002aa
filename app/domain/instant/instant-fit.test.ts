import { expect, test } from 'vitest';
import { defaultSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import type { TutorCalendar } from '#app/domain/scheduling/tutor-calendar.ts';
import { type FitSearch, instantFit } from './instant-fit.ts';

const at = (time: string) => new Date(`2026-03-02T${time}Z`);
const ms = (time: string) => at(time).getTime();
const session = (from: string, to: string, bufferedEnd = to) => ({
  start: ms(from),
  end: ms(to),
  bufferedEnd: ms(bufferedEnd),
  sessionId: 's',
  inPerson: false,
  place: null,
});
const calendar = (over: Partial<TutorCalendar> = {}): TutorCalendar => ({
  tutorId: 't',
  name: 'Ana',
  archived: false,
  zone: 'UTC',
  organisationZone: 'UTC',
  bufferMinutes: 10,
  isSet: true,
  open: [{ start: ms('08:00:00'), end: ms('18:00:00') }],
  timeOff: [],
  closures: [],
  busy: [],
  rules: defaultSchedulingRules,
  maxMinutesPerWeek: null,
  minutesByDay: new Map(),
  minutesByWeek: new Map(),
  travel: new Map(),
  ...over,
});
const search: FitSearch = {
  by: 'tutor',
  now: at('14:07:33'),
  until: at('23:00:00'),
  programId: 'p',
  durations: [30, 45, 60],
  wanted: 60,
  taken: [],
};

test('nothing in the way: every length fits from this second, though it is no time of the grid and without notice', () => {
  expect(instantFit(calendar(), search)).toEqual({ now: [30, 45, 60], next: null });
});

test('before the next session the shorter ones fit, and the wanted one after it and the buffer', () => {
  const busy = [session('15:10:00', '16:00:00', '16:10:00')];
  // 45 minutes end at 14:52:33, with the buffer at 15:02:33; 60 would run into the session.
  expect(instantFit(calendar({ busy }), search)).toEqual({
    now: [30, 45],
    next: { startsAt: at('16:10:00'), durations: [30, 45, 60] },
  });
});

test('within the buffer after a session nothing fits until its end', () => {
  const busy = [session('13:00:00', '14:00:00', '14:10:00')];
  expect(instantFit(calendar({ busy }), search)).toEqual({
    now: [],
    next: { startsAt: at('14:10:00'), durations: [30, 45, 60] },
  });
});

test('a student in another session is waited for, to the whole minute', () => {
  const taken = [{ start: ms('14:00:00'), end: ms('14:44:20') }];
  expect(instantFit(calendar(), { ...search, taken })).toEqual({
    now: [],
    next: { startsAt: at('14:45:00'), durations: [30, 45, 60] },
  });
});

test('where the wanted length never fits, the earliest start of a shorter one is said', () => {
  const busy = [session('14:00:00', '14:30:00'), session('15:15:00', '23:30:00')];
  expect(instantFit(calendar({ busy }), search)).toEqual({ now: [], next: { startsAt: at('14:30:00'), durations: [30] } });
});

test('outside their hours a tutor may start: who presses Start is there', () => {
  expect(instantFit(calendar({ open: [] }), search).now).toEqual([30, 45, 60]);
});

test('on a day the company is closed nothing fits for the tutor, and the office sees past it', () => {
  const closures = [{ name: 'Easter', programId: null, start: ms('00:00:00'), end: ms('23:59:00') }];
  expect(instantFit(calendar({ closures }), search)).toEqual({ now: [], next: null });
  expect(instantFit(calendar({ closures }), { ...search, by: 'office' }).now).toEqual([30, 45, 60]);
});
