import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanningMatter, planningRights, wayToPlan } from './planning-rights.ts';
import { rightLines } from './rights-words.ts';
import { type RuleLayers, schedulingRulesFor, WHO_MAY_SCHEDULE } from './scheduling-rules.ts';

const now = new Date('2026-03-02T09:00:00Z');
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);

function matter(layers: Partial<RuleLayers>, over: Partial<PlanningMatter> = {}): PlanningMatter {
  return {
    layers: { organisation: {}, ...layers },
    programName: 'One-to-one',
    tutorName: 'Maya Fernandez',
    engagement: { startsOn: '2026-01-01', endsOn: null },
    now,
    pays: true,
    ...over,
  };
}

const session = (over: Partial<NonNullable<PlanningMatter['session']>> = {}) => ({
  status: 'scheduled',
  startsAt: hours(72),
  othersIn: false,
  inTimeUntil: hours(48),
  ...over,
});

const all = { book: true, move: true, cancel: true };
const none = { book: false, move: false, cancel: false };

describe('who may plan by themselves, by organisation, program, tutor and engagement', () => {
  const cases: [string, Partial<RuleLayers>, { tutor: string; family: string }][] = [
    ['a company that says nothing', {}, { tutor: 'ask', family: 'ask' }],
    ['the company lets tutors book', { organisation: { tutor: all } }, { tutor: 'at_once', family: 'ask' }],
    ['a program lets families book', { program: { family: { book: true } } }, { tutor: 'ask', family: 'at_once' }],
    [
      'a program takes from tutors what the company gave',
      { organisation: { tutor: all }, program: { tutor: none } },
      { tutor: 'ask', family: 'ask' },
    ],
    [
      'a senior tutor may what the program forbids',
      { program: { tutor: none }, tutor: { tutor: { book: true } } },
      { tutor: 'at_once', family: 'ask' },
    ],
    [
      'the office plans this engagement',
      { organisation: { tutor: all, family: { book: true } }, whoMaySchedule: 'office' },
      { tutor: 'ask', family: 'ask' },
    ],
    ['the tutor plans this engagement', { whoMaySchedule: 'tutor' }, { tutor: 'at_once', family: 'ask' }],
    [
      'the family plans this engagement',
      { organisation: { tutor: all }, whoMaySchedule: 'family' },
      { tutor: 'ask', family: 'at_once' },
    ],
    ['tutor and family plan this engagement', { whoMaySchedule: 'any' }, { tutor: 'at_once', family: 'at_once' }],
    ['families may not even ask', { organisation: { family: { request: false } } }, { tutor: 'ask', family: 'no' }],
  ];
  it.each(cases)('%s', (_, layers, expected) => {
    expect({
      tutor: wayToPlan('tutor', 'book', matter(layers)).way,
      family: wayToPlan('family', 'book', matter(layers)).way,
    }).toEqual(expected);
  });

  it('every right names the layer it comes from', () => {
    const rights = planningRights({
      organisation: {},
      program: { family: { book: true } },
      tutor: { tutor: { move: true } },
    });
    expect(rights.family.book).toEqual({ may: true, from: 'program' });
    expect(rights.tutor.move).toEqual({ may: true, from: 'tutor' });
    expect(rights.tutor.book).toEqual({ may: false, from: 'organisation' });
    expect(planningRights({ organisation: {}, whoMaySchedule: 'office' }).tutor.book).toEqual({ may: false, from: 'engagement' });
  });

  it('the reason names who plans instead', () => {
    expect(wayToPlan('tutor', 'book', matter({ whoMaySchedule: 'office' }))).toEqual({
      way: 'ask',
      why: 'The office plans this engagement.',
    });
    expect(wayToPlan('tutor', 'book', matter({ whoMaySchedule: 'family' }))).toMatchObject({
      why: 'The family plans this engagement.',
    });
    expect(wayToPlan('tutor', 'move', matter({ program: { tutor: none } }, { session: session() }))).toMatchObject({
      why: 'In One-to-one tutors don’t move sessions by themselves: the office does.',
    });
    expect(wayToPlan('family', 'book', matter({}))).toMatchObject({
      why: 'Families here don’t book by themselves: the office does.',
    });
  });

  it('what the rights say is what the rules in force say, whatever the layers', () => {
    const side = fc.record({ book: fc.boolean(), move: fc.boolean(), cancel: fc.boolean() }, { requiredKeys: [] });
    const layer = fc.record({ tutor: side, family: side }, { requiredKeys: [] });
    const who = fc.constantFrom(null, ...WHO_MAY_SCHEDULE);
    fc.assert(
      fc.property(layer, layer, layer, who, (organisation, program, tutor, whoMaySchedule) => {
        const layers = { organisation, program, tutor, whoMaySchedule };
        const rights = planningRights(layers);
        const rules = schedulingRulesFor(layers);
        for (const act of ['book', 'move', 'cancel'] as const) {
          expect(rights.tutor[act].may).toBe(rules.tutor[act]);
          expect(rights.family[act].may).toBe(rules.family[act]);
          // A layer that says nothing about it is never named as the source.
          const from = rights.tutor[act].from;
          if (from === 'tutor') expect(tutor.tutor?.[act]).toBe(rules.tutor[act]);
          if (from === 'program') expect(program.tutor?.[act]).toBe(rules.tutor[act]);
          if (from === 'engagement') expect(whoMaySchedule).not.toBe(null);
        }
      }),
    );
  });
});

describe('what the state of things forbids, whatever the rules', () => {
  const free = { organisation: { tutor: all, family: { ...all, request: true } } };

  it('nobody books with somebody who is not engaged, nor before or after the engagement', () => {
    expect(wayToPlan('tutor', 'book', matter(free, { engagement: null }))).toEqual({
      way: 'no',
      why: 'This student is not engaged to you: ask the office.',
    });
    const until = { engagement: { startsOn: '2026-03-01', endsOn: '2026-03-31' } };
    expect(wayToPlan('family', 'book', matter(free, { ...until, day: '2026-04-01' }))).toEqual({
      way: 'no',
      why: 'This engagement ends on 31 March 2026.',
    });
    expect(wayToPlan('family', 'book', matter(free, { ...until, day: '2026-02-28' }))).toMatchObject({ way: 'no' });
    expect(wayToPlan('family', 'book', matter(free, { ...until, day: '2026-03-31' })).way).toBe('at_once');
  });

  it('a session that has begun, or is over, is the office’s', () => {
    for (const by of ['tutor', 'family'] as const) {
      expect(wayToPlan(by, 'cancel', matter(free, { session: session({ startsAt: now }) })).way).toBe('no');
      expect(wayToPlan(by, 'move', matter(free, { session: session({ status: 'cancelled' }) })).way).toBe('no');
    }
  });

  it('a tutor inside the notice asks the office; a family cancels late and knows the fee, but moves only in time', () => {
    const soon = { session: session({ startsAt: hours(6), inTimeUntil: hours(-18) }) };
    expect(wayToPlan('tutor', 'cancel', matter(free, soon))).toEqual({
      way: 'ask',
      why: 'It starts in less than 12 hours: ask the office.',
    });
    expect(wayToPlan('family', 'cancel', matter(free, soon)).way).toBe('at_once');
    expect(wayToPlan('family', 'move', matter(free, soon)).way).toBe('ask');
    expect(wayToPlan('family', 'move', matter(free, { session: session() })).way).toBe('at_once');
  });

  it('a family asks for another time where others are in the session, and cancels its own place at once', () => {
    const group = { session: session({ othersIn: true }) };
    expect(wayToPlan('family', 'move', matter(free, group)).way).toBe('ask');
    expect(wayToPlan('family', 'cancel', matter(free, group)).way).toBe('at_once');
  });

  it('a student who doesn’t pay asks', () => {
    for (const act of ['book', 'move', 'cancel'] as const)
      expect(wayToPlan('family', act, matter(free, { pays: false, session: session() })).way).toBe('ask');
  });
});

it('rights read as sentences, with where they come from', () => {
  const names = { program: 'One-to-one', tutor: 'Maya Fernandez' };
  expect(rightLines(planningRights({ organisation: {}, tutor: { tutor: { book: true, move: true } } }), names)).toEqual([
    {
      who: 'The tutor',
      text: 'may book and move at once; asks the office to cancel',
      from: 'Maya Fernandez’s own rules, the company’s rules',
    },
    { who: 'The family', text: 'may cancel at once; asks to book or move', from: 'the company’s rules' },
  ]);
  expect(rightLines(planningRights({ organisation: {}, whoMaySchedule: 'any' }), names)[0]).toEqual({
    who: 'The tutor',
    text: 'may book, move and cancel at once',
    from: 'this engagement',
  });
});
