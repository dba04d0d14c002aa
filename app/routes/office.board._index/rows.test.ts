import { describe, expect, it } from 'vitest';
import { aBoard, aBoardSession } from './board-fixture.ts';
import { firstFocus, keepFocus, stepFocus } from './focus.ts';
import { scaleFor } from './geometry.ts';
import { guessProblems } from './guess.ts';
import { type Filters, type Row, rowsOf, withSpots } from './rows.ts';

const scale = scaleFor('comfortable', 7, { from: 480, to: 1200 });
const everything: Filters = { q: '', subject: '', program: '', mode: '', only: false, cancelled: false };
const lookOf = () => ({ colour: 'neutral', mark: '', word: '' });
const board = aBoard({
  sessions: [
    aBoardSession({ id: 'a', tutorId: 't1', day: 0, start: 540 }),
    aBoardSession({ id: 'b', tutorId: 't1', day: 0, start: 900 }),
    aBoardSession({ id: 'c', tutorId: 't2', day: 0, start: 840, subjectId: 'm2' }),
    aBoardSession({ id: 'd', tutorId: 't2', day: 1, start: 600, status: 'cancelled' }),
  ],
});
const rowsFor = (filters: Partial<Filters> = {}, from = board, before: Row[] = []) =>
  rowsOf(from, { filters: { ...everything, ...filters }, scale, lookOf }, new Map(before.map((row) => [row.tutor.id, row])));
const names = (rows: Row[]) => rows.map(({ tutor }) => tutor.id);

describe('the rows of the board', () => {
  it('there is one for every tutor; a cancelled session takes no room unless it is asked for', () => {
    const rows = rowsFor();
    expect(names(rows)).toEqual(['t1', 't2', 't3']);
    expect(rows[1]?.days[1]).toEqual([]);
    expect(rowsFor({ cancelled: true })[1]?.days[1]).toHaveLength(1);
  });

  it('a name is found without its accents; a subject shows who teaches it, and the rest of their time faintly', () => {
    expect(names(rowsFor({ q: 'oz' }))).toEqual(['t3']);
    const physics = rowsFor({ subject: 'm2' });
    expect(names(physics)).toEqual(['t2']);
    const algebra = rowsFor({ subject: 'm1' });
    expect(names(algebra)).toEqual(['t1', 't3']);
    expect(names(rowsFor({ only: true }))).toEqual(['t1', 't2']);
    expect(names(rowsFor({ mode: 'in_person' }))).toEqual([]);
  });

  it('one of which nothing changed is the very one of before; a moved session changes its two rows and no other', () => {
    const before = rowsFor();
    const moved = withSpots(board, new Map([['a', { tutorId: 't2', day: 3, start: 600, minutes: 60 }]]));
    const after = rowsFor({}, moved, before);
    expect(after.map((row, n) => row === before[n])).toEqual([false, false, true]);
    expect(after[1]?.days[3]?.map(({ session }) => session.id)).toEqual(['a']);
    expect(rowsFor({}, board, before).every((row, n) => row === before[n])).toBe(true);
  });
});

describe('the focus', () => {
  const rows = rowsFor();
  it('begins with the first session and goes through sessions and empty days', () => {
    const first = firstFocus(rows);
    expect(first).toEqual({ tutorId: 't1', day: 0, id: 'a' });
    if (!first) throw new Error('no focus');
    expect(stepFocus(rows, first, 'right')).toEqual({ tutorId: 't1', day: 0, id: 'b' });
    expect(stepFocus(rows, { tutorId: 't1', day: 0, id: 'b' }, 'right')).toEqual({ tutorId: 't1', day: 1, id: null });
    expect(stepFocus(rows, first, 'end')).toEqual({ tutorId: 't1', day: 6, id: null });
    expect(stepFocus(rows, first, 'last')).toEqual({ tutorId: 't3', day: 6, id: null });
  });

  it('in another row it goes to what is nearest in time, or to the empty day', () => {
    expect(stepFocus(rows, { tutorId: 't1', day: 0, id: 'b' }, 'down')).toEqual({ tutorId: 't2', day: 0, id: 'c' });
    expect(stepFocus(rows, { tutorId: 't2', day: 0, id: 'c' }, 'up')).toEqual({ tutorId: 't1', day: 0, id: 'b' });
    expect(stepFocus(rows, { tutorId: 't2', day: 0, id: 'c' }, 'down')).toEqual({ tutorId: 't3', day: 0, id: null });
  });

  it('stays on a session that somebody moved, and on the tutor of one that is gone', () => {
    const moved = rowsFor({}, withSpots(board, new Map([['a', { tutorId: 't3', day: 2, start: 600, minutes: 60 }]])));
    expect(keepFocus(moved, { tutorId: 't1', day: 0, id: 'a' })).toEqual({ tutorId: 't3', day: 2, id: 'a' });
    const gone = rowsFor({}, { ...board, sessions: board.sessions.filter(({ id }) => id !== 'a') });
    expect(keepFocus(gone, { tutorId: 't1', day: 0, id: 'a' })).toEqual({ tutorId: 't1', day: 0, id: 'b' });
  });
});

describe('what the board sees to be in the way before it has asked', () => {
  const spot = { tutorId: 't1', day: 0, start: 540, minutes: 60 };
  it('a session, the time kept free after one, hours, and days off by name', () => {
    expect(guessProblems(board, spot)).toEqual(['Taken by Sam Student']);
    expect(guessProblems(board, { ...spot, start: 600 })).toEqual(['Within the 15 minutes kept free between sessions']);
    expect(guessProblems(board, spot, ['a'])).toEqual([]);
    const shades = new Map([
      [
        't1',
        {
          open: [{ day: 0, from: 600, to: 720 }],
          away: [{ day: 0, from: 0, to: 1440, kind: 'closed' as const, label: 'Founders’ day' }],
          travel: [],
        },
      ],
    ]);
    expect(guessProblems({ ...board, shades }, { ...spot, start: 690, minutes: 45 })).toEqual([
      'Founders’ day',
      'Outside the tutor’s hours',
    ]);
  });
});
