import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONDAY, SUNDAY, someRequest, someTerms, someTutor, TUESDAY, week } from '#tests/factories/matching.ts';
import { judge, matchOne, quickScore } from './match.ts';
import { type HardRule, type RequestFacts, SCORE_PARTS, type TutorFacts, type WeekSpan } from './match-facts.ts';
import { whatRemoves } from './nobody-fits.ts';

const terms = someTerms();
const rulesBroken = (request: RequestFacts, tutor: TutorFacts): HardRule[] =>
  judge(request, tutor, terms).broken.map(({ rule }) => rule);
const reasonOf = (part: string, request: RequestFacts, tutor: TutorFacts) =>
  judge(request, tutor, terms).parts.find((one) => one.part === part)?.reason;
const pointsOf = (part: string, request: RequestFacts, tutor: TutorFacts) =>
  judge(request, tutor, terms).parts.find((one) => one.part === part)?.points;

const school = { id: 'school', name: 'Lincoln High', latitude: 53.34, longitude: -6.26 };
const near = { id: 'home', name: 'home', latitude: 53.34, longitude: -6.26 };
/** Some 22 km north: 45 min at 30 km an hour. */
const far = { id: 'home', name: 'home', latitude: 53.54, longitude: -6.26 };
const nowhere = { id: 'school', name: 'Lincoln High', latitude: null, longitude: null };

describe('hard rules', () => {
  it('want the subject, and its level where one is asked for', () => {
    expect(rulesBroken(someRequest({ subjectId: 'physics' }), someTutor())).toEqual(['subject']);
    const primary = someTutor({ levelsBySubject: new Map([['maths', ['primary']]]) });
    expect(rulesBroken(someRequest({ levelId: 'leaving' }), primary)).toEqual(['level']);
    expect(rulesBroken(someRequest({ levelId: 'primary' }), primary)).toEqual([]);
    expect(rulesBroken(someRequest({ levelId: 'leaving' }), someTutor())).toEqual([]);
  });

  it('want the mode; one that is open to both is taught in person by who doesn’t teach online', () => {
    const atHome = someTutor({ online: false });
    expect(rulesBroken(someRequest({ mode: 'online' }), atHome)).toEqual(['mode']);
    expect(rulesBroken(someRequest({ mode: null }), atHome)).toEqual([]);
    expect(rulesBroken(someRequest({ mode: null }), someTutor({ online: false, inPerson: false }))).toEqual(['mode']);
  });

  it('want every clearance, and those for teaching in person only there', () => {
    const unchecked = someTutor({ lacking: { always: [], inPerson: ['Garda vetting'] } });
    expect(rulesBroken(someRequest({ mode: 'in_person' }), unchecked)).toEqual(['clearance']);
    expect(rulesBroken(someRequest({ mode: 'online' }), unchecked)).toEqual([]);
  });

  it('keep a tutor within their reach, and don’t hold an unknown distance against them', () => {
    const request = someRequest({ mode: 'in_person', place: school });
    expect(judge(request, someTutor({ home: far, reachMinutes: 30 }), terms).broken).toEqual([
      { rule: 'reach', message: 'Is 45 min away and goes 30 at most.' },
    ]);
    expect(rulesBroken(request, someTutor({ home: far, reachMinutes: 45 }))).toEqual([]);
    expect(rulesBroken(request, someTutor({ home: far, reachMinutes: null }))).toEqual([]);
    const unknown = someRequest({ mode: 'in_person', place: nowhere });
    expect(rulesBroken(unknown, someTutor({ home: near, reachMinutes: 10 }))).toEqual([]);
    expect(reasonOf('distance', unknown, someTutor({ home: near }))).toBe('The distance isn’t known: a place has no coordinates');
    expect(pointsOf('distance', unknown, someTutor({ home: near }))).toBe(8);
  });

  it('never give whom the student must not have', () => {
    expect(rulesBroken(someRequest({ excludedTutorIds: ['tutor'] }), someTutor())).toEqual(['excluded']);
  });

  it('leave a tutor within the most hours of a week', () => {
    const busy = someTutor({ maxMinutesPerWeek: 600, plannedMinutesPerWeek: 510 });
    expect(judge(someRequest({ sessionsPerWeek: 2 }), busy, terms).broken).toEqual([
      { rule: 'hours_left', message: 'Has 1.5 h a week left, and this takes 2 h.' },
    ]);
    expect(rulesBroken(someRequest({ sessionsPerWeek: 2, sessionMinutes: 45 }), busy)).toEqual([]);
  });
});

describe('times of a week', () => {
  it('of two sessions are on different days', () => {
    const monday = someTutor({ free: [{ start: week(MONDAY, 8), end: week(MONDAY, 20) }] });
    expect(rulesBroken(someRequest({ sessionsPerWeek: 2 }), monday)).toEqual(['times']);
    const both = someTutor({ free: [...monday.free, { start: week(TUESDAY, 8), end: week(TUESDAY, 9) }] });
    expect(judge(someRequest({ sessionsPerWeek: 2 }), both, terms).slots.map(({ start }) => start)).toEqual([
      week(MONDAY, 8),
      week(TUESDAY, 8),
    ]);
  });

  it('go over midnight, and from Sunday into Monday', () => {
    const late = someTutor({ free: [{ start: week(MONDAY, 23, 30), end: week(TUESDAY, 0, 30) }] });
    expect(judge(someRequest(), late, terms).slots).toEqual([{ start: week(MONDAY, 23, 30), minutes: 60, wished: false }]);
    const sunday = someTutor({
      free: [
        { start: 0, end: 30 },
        { start: week(SUNDAY, 23, 30), end: week(SUNDAY, 24) },
      ],
    });
    expect(judge(someRequest(), sunday, terms).slots).toEqual([{ start: week(SUNDAY, 23, 30), minutes: 60, wished: false }]);
    expect(rulesBroken(someRequest({ sessionMinutes: 75 }), sunday)).toEqual(['times']);
  });

  it('are those wished for where there are such, and each possible one is worth half', () => {
    const times = [
      { start: week(MONDAY, 9), end: week(MONDAY, 12), wished: false },
      { start: week(MONDAY, 15), end: week(MONDAY, 16), wished: true },
      { start: week(TUESDAY, 9), end: week(TUESDAY, 10), wished: false },
    ];
    const match = judge(someRequest({ times, sessionsPerWeek: 2 }), someTutor(), terms);
    expect(match.slots).toEqual([
      { start: week(MONDAY, 15), minutes: 60, wished: true },
      { start: week(TUESDAY, 9), minutes: 60, wished: false },
    ]);
    expect(match.parts[0]).toEqual({ part: 'times', points: 23, of: 30, reason: '1 of 2 as wished' });
  });

  it('leave room for the ways from and to the tutor’s other places', () => {
    const away = { id: 'away', name: 'Howth', latitude: far.latitude, longitude: far.longitude };
    const visits = [{ start: week(MONDAY, 9), end: week(MONDAY, 10), place: away }];
    const free = [{ start: week(MONDAY, 10), end: week(MONDAY, 11, 45) }];
    const request = someRequest({ mode: 'in_person', place: school });
    expect(judge(request, someTutor({ free, visits }), terms).slots).toEqual([
      { start: week(MONDAY, 10, 45), minutes: 60, wished: false },
    ]);
    expect(judge(someRequest(), someTutor({ free, visits }), terms).slots[0]?.start).toBe(week(MONDAY, 10));
  });

  it('keep to what a limit by day leaves', () => {
    const full = someTutor({ dayMinutesLeft: [30, 60, 0, 0, 0, 0, 0] });
    expect(judge(someRequest(), full, terms).slots[0]?.start).toBe(week(TUESDAY, 0));
    expect(rulesBroken(someRequest({ sessionMinutes: 75 }), full)).toEqual(['times']);
  });
});

describe('a score', () => {
  it('says what is wished for and isn’t there', () => {
    const wishes = { gender: 'female' as const, languages: ['pt-BR'], tutorId: null, tagIds: ['calm', 'strict'] };
    const tutor = someTutor({ gender: 'male', languages: ['pt'], tagIds: ['calm'] });
    expect(reasonOf('wishes', someRequest({ wishes }), tutor)).toBe('2 of 4 wishes; not: gender, style');
    expect(pointsOf('wishes', someRequest({ wishes }), tutor)).toBe(8);
  });

  it('is higher for who knows the student, and for who has less of what they wish for', () => {
    const known = someTutor({ id: 'known', name: 'Ann', sessionsWith: new Map([['student', 6]]) });
    const loaded = someTutor({ id: 'loaded', name: 'Bea', wishedMinutesPerWeek: 600, plannedMinutesPerWeek: 540 });
    const ranked = matchOne(someRequest(), [loaded, someTutor(), known], terms).map(({ tutorId }) => tutorId);
    expect(ranked).toEqual(['known', 'tutor', 'loaded']);
  });

  it('comes with what is good to know: time off at the start, a clearance that runs out before the end', () => {
    const tutor = someTutor({
      awayUntil: '2026-03-08',
      runningOut: [{ name: 'First aid', on: '2026-05-01', inPersonOnly: false }],
    });
    expect(judge(someRequest({ endsOn: '2026-06-30' }), tutor, terms).notes).toEqual([
      'Has time off at the start, until 8 Mar 2026.',
      'First aid runs out on 1 May 2026.',
    ]);
    expect(judge(someRequest({ endsOn: '2026-04-30' }), tutor, terms).notes).toHaveLength(1);
  });

  it('an open end speaks of what runs out within half a year, not of what is good for years', () => {
    const tutor = someTutor({
      runningOut: [
        { name: 'First aid', on: '2026-05-01', inPersonOnly: false },
        { name: 'Background check', on: '2028-05-01', inPersonOnly: false },
      ],
    });
    expect(judge(someRequest({ endsOn: null }), tutor, terms).notes).toEqual(['First aid runs out on 1 May 2026.']);
  });
});

it('Where nobody fits, each rule says whom it alone keeps out', () => {
  const request = someRequest({ mode: 'in_person', levelId: 'leaving' });
  const primary = new Map([['maths', ['primary']]]);
  const matches = matchOne(
    request,
    [
      someTutor({ id: 'a', levelsBySubject: primary }),
      someTutor({ id: 'b', levelsBySubject: primary, inPerson: false }),
      someTutor({ id: 'c', levelsBySubject: primary }),
      someTutor({ id: 'd', inPerson: false }),
    ],
    terms,
  );
  expect(whatRemoves(matches)).toEqual([
    { rule: 'level', removes: 3, alone: ['a', 'c'] },
    { rule: 'mode', removes: 2, alone: ['d'] },
  ]);
});

const minute = fc.integer({ min: 0, max: 7 * 96 - 1 }).map((quarter) => quarter * 15);
const spans = fc
  .array(fc.record({ start: minute, length: fc.integer({ min: 1, max: 40 }) }), { maxLength: 8 })
  .map((all) => all.map(({ start, length }): WeekSpan => ({ start, end: Math.min(start + length * 15, 7 * 1440) })));
const someTags = fc.subarray(['calm', 'strict', 'funny']);
const seldom = (name: string) => fc.constantFrom<string[]>([], [], [], [name]);
const points = fc.integer({ min: 0, max: 100 });
const market = fc.record({
  request: fc
    .record({
      mode: fc.constantFrom('online' as const, 'in_person' as const, null),
      levelId: fc.constantFrom('primary', 'leaving', null),
      place: fc.constantFrom(school, nowhere, null),
      sessionMinutes: fc.constantFrom(30, 45, 60, 90, 240),
      sessionsPerWeek: fc.integer({ min: 1, max: 9 }),
      times: fc
        .array(fc.boolean(), { maxLength: 4 })
        .chain((wished) =>
          spans.map((all) => all.slice(0, wished.length).map((span, i) => ({ ...span, wished: wished[i] ?? false }))),
        ),
      excludedTutorIds: seldom('t0'),
      wishes: fc.record({
        gender: fc.constantFrom('female' as const, null),
        languages: fc.subarray(['ga']),
        tutorId: fc.constantFrom('t0', null),
        tagIds: someTags,
      }),
    })
    .map(someRequest),
  tutors: fc
    .array(
      fc.record({
        levelsBySubject: fc.constantFrom(new Map([['maths', []]]), new Map([['maths', ['primary']]]), new Map([['art', []]])),
        online: fc.boolean(),
        inPerson: fc.boolean(),
        home: fc.constantFrom(near, far, null),
        reachMinutes: fc.constantFrom(null, 10, 60),
        lacking: fc.record({ always: seldom('A'), inPerson: seldom('B') }),
        maxMinutesPerWeek: fc.constantFrom(null, 120, 1200),
        plannedMinutesPerWeek: fc.integer({ min: 0, max: 200 }),
        free: spans.map((all) => all),
        held: fc.integer({ min: 0, max: 20 }),
        tagIds: someTags,
        sessionsWith: fc.constantFrom(new Map<string, number>(), new Map([['student', 3]])),
      }),
      { maxLength: 4 },
    )
    .map((all) => all.map((over, i) => someTutor({ ...over, id: `t${i}`, name: `Tutor ${i}` }))),
  weights: fc.record({ times: points, continuity: points, load: points, distance: points, wishes: points, outcomes: points }),
});

/** Minute by minute, as one would with a pencil. */
function liesIn(spansOfWeek: readonly WeekSpan[], start: number, minutes: number): boolean {
  for (let at = start; at < start + minutes; at++) {
    const inWeek = at % (7 * 1440);
    if (!spansOfWeek.some((span) => span.start <= inWeek && inWeek < span.end)) return false;
  }
  return true;
}

describe('whatever the market and the weights', () => {
  const runs = { numRuns: 300 };

  it('nobody is given against a hard rule', () => {
    fc.assert(
      fc.property(market, ({ request, tutors, weights }) => {
        for (const match of matchOne(request, tutors, { ...terms, weights })) {
          if (match.broken.length > 0) continue;
          const tutor = tutors.find(({ id }) => id === match.tutorId) as TutorFacts;
          const inPerson = request.mode === 'in_person' || (request.mode === null && !tutor.online);
          const levels = tutor.levelsBySubject.get(request.subjectId);
          expect(levels).toBeDefined();
          if (request.levelId && levels && levels.length > 0) expect(levels).toContain(request.levelId);
          expect(inPerson ? tutor.inPerson : tutor.online).toBe(true);
          expect(tutor.lacking.always).toEqual([]);
          if (inPerson) expect(tutor.lacking.inPerson).toEqual([]);
          expect(request.excludedTutorIds).not.toContain(tutor.id);
          if (match.travelMinutes !== null && tutor.reachMinutes !== null)
            expect(match.travelMinutes).toBeLessThanOrEqual(tutor.reachMinutes);
          const taught = match.slots.reduce((sum, { minutes }) => sum + minutes, 0);
          expect(taught).toBe(request.sessionMinutes * request.sessionsPerWeek);
          if (tutor.maxMinutesPerWeek !== null)
            expect(tutor.plannedMinutesPerWeek + taught).toBeLessThanOrEqual(tutor.maxMinutesPerWeek);
          for (const { start, minutes, wished } of match.slots) {
            expect(liesIn(tutor.free, start, minutes)).toBe(true);
            if (request.times.length > 0) expect(liesIn(request.times, start, minutes)).toBe(true);
            const wishes = request.times.filter((time) => time.wished);
            expect(wished).toBe(liesIn(wishes, start, minutes));
          }
          const days = match.slots.map(({ start }) => Math.floor(start / 1440));
          if (days.length <= 7) expect(new Set(days).size).toBe(days.length);
        }
      }),
      runs,
    );
  });

  it('a score is the sum of its parts, none of them is more than its weight, and the quick score is the same', () => {
    fc.assert(
      fc.property(market, ({ request, tutors, weights }) => {
        const own = { ...terms, weights };
        for (const match of matchOne(request, tutors, own)) {
          const tutor = tutors.find(({ id }) => id === match.tutorId) as TutorFacts;
          expect(match.score).toBe(match.parts.reduce((sum, { points: n }) => sum + n, 0));
          for (const { part, points: n, of } of match.parts) {
            expect(of).toBe(weights[part]);
            expect(Number.isInteger(n) && n >= 0 && n <= of).toBe(true);
          }
          expect(match.parts.map(({ part }) => part)).toEqual(match.broken.length > 0 ? [] : SCORE_PARTS);
          expect(quickScore(request, tutor, own)).toBe(match.broken.length > 0 ? undefined : match.score);
        }
      }),
      runs,
    );
  });

  it('a time of the week that both have is found', () => {
    fc.assert(
      fc.property(market, ({ request: drawn, tutors }) => {
        const request = { ...drawn, sessionsPerWeek: 1 };
        for (const tutor of tutors) {
          const times = request.times.length > 0 ? request.times : [{ start: 0, end: 7 * 1440 }];
          const starts = Array.from({ length: 7 * 96 }, (_, quarter) => quarter * 15).filter(
            (start) => liesIn(tutor.free, start, request.sessionMinutes) && liesIn(times, start, request.sessionMinutes),
          );
          expect(rulesBroken(request, tutor).includes('times')).toBe(starts.length === 0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('the ranking does not hang on the order in which the tutors come', () => {
    fc.assert(
      fc.property(market, ({ request, tutors, weights }) => {
        const own = { ...terms, weights };
        expect(matchOne(request, [...tutors].reverse(), own)).toEqual(matchOne(request, tutors, own));
      }),
      { numRuns: 50 },
    );
  });
});
