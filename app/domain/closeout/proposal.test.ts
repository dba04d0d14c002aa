import { describe, expect, it } from 'vitest';
import { proposeFrom, type Trace } from './proposal.ts';

const at = (time: string) => new Date(`2026-03-10T${time}:00Z`);
const planned = { startsAt: at('16:00'), durationMinutes: 60, now: at('17:30') };
const stay = (from: string, to: string | null): Trace => ({
  came: [],
  stays: [{ joinedAt: at(from), leftAt: to === null ? null : at(to) }],
});
const nobody: Trace = { came: [], stays: [] };
const weigh = (tutor: Trace, student: Trace, over: { endedAt?: Date; now?: Date } = {}) =>
  proposeFrom(
    { tutor, students: [{ studentId: 'mia', ...student }], endedAt: over.endedAt ?? null },
    { ...planned, now: over.now ?? planned.now },
  );

describe('what the traces of a session speak for', () => {
  it('a few minutes early or late are as planned', () => {
    const proposal = weigh(stay('15:55', '17:03'), stay('16:03', '17:02'));
    expect(proposal).toMatchObject({ startsAt: undefined, minutes: undefined, together: { from: at('16:03') } });
  });

  it('a late start and a short lesson are proposed to the minute, from when both were there', () => {
    const proposal = weigh(stay('15:58', '17:00'), stay('16:12', '16:50'));
    expect(proposal).toMatchObject({ startsAt: at('16:12'), minutes: 38 });
  });

  it('a connection that dropped and came back is one lesson', () => {
    const student: Trace = {
      came: [],
      stays: [
        { joinedAt: at('16:00'), leftAt: at('16:20') },
        { joinedAt: at('16:24'), leftAt: at('17:00') },
      ],
    };
    expect(weigh(stay('16:00', '17:00'), student).minutes).toBeUndefined();
  });

  it('where a leaving was not told, the room’s end counts, else the planned one', () => {
    expect(weigh(stay('16:00', null), stay('16:00', null)).minutes).toBeUndefined();
    expect(weigh(stay('16:00', null), stay('16:00', null), { endedAt: at('16:30') }).minutes).toBe(30);
  });

  it('while it is under way nothing is said of its length', () => {
    expect(weigh(stay('16:00', null), stay('16:10', null), { now: at('16:30') })).toMatchObject({
      startsAt: at('16:10'),
      minutes: undefined,
    });
  });

  it('a student without a trace was not seen, and where nobody left one that says nothing', () => {
    expect(weigh(stay('16:00', '16:30'), nobody)).toMatchObject({ silent: false, students: [{ from: undefined }] });
    expect(weigh(nobody, nobody)).toMatchObject({ silent: true });
    expect(weigh(nobody, { came: [at('16:01')], stays: [] }).students[0]?.from).toEqual(at('16:01'));
  });
});
