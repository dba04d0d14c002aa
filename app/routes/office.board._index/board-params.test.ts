import { describe, expect, it } from 'vitest';
import { readParams, viewOf, withChange } from './board-params.ts';
import {
  bareClockFor,
  briefClockFor,
  clockText,
  dayAfter,
  daysBetween,
  firstWeekdayOf,
  hasTwelveHours,
  startOfWeek,
} from './days.ts';

const read = (search: string) => readParams(new URLSearchParams(search), '2026-11-25');

describe('the address of the board', () => {
  it('says everything that is shown; what makes no sense in it is ignored', () => {
    expect(read('')).toMatchObject({ date: '2026-11-25', view: 'week', colour: 'state', side: true, session: '' });
    expect(read('date=2026-02-31&view=year&colour=mood&session=1&subject=%27')).toEqual(read(''));
    expect(read('date=2026-12-24&view=day&side=0&only=1')).toMatchObject({
      date: '2026-12-24',
      view: 'day',
      side: false,
      only: true,
    });
  });

  it('changes by one thing at a time; a saved view keeps neither the day nor the open session', () => {
    const params = new URLSearchParams('view=day&q=anna&date=2026-12-24');
    expect(withChange(params, { q: '', colour: 'subject' })).toBe('?view=day&date=2026-12-24&colour=subject');
    expect(viewOf(new URLSearchParams('view=day&session=x&q=anna&date=2026-12-24'))).toBe('q=anna&view=day');
  });
});

describe('days in the browser', () => {
  it('follow each other over months, years and clock changes', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(dayAfter('2026-03-29', -1)).toBe('2026-03-28');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(clockText(965)).toBe('16:05');
    expect(clockText(1450)).toBe('00:10');
  });

  it('a time is as short as the reader’s clock allows', () => {
    const [american, irish] = ['en-US', 'en-IE'].map((locale) => briefClockFor(hasTwelveHours(locale)));
    expect([960, 975, 720, 0].map((minute) => american?.(minute))).toEqual(['4 PM', '4:15 PM', '12 PM', '12 AM']);
    expect([bareClockFor(true)(960), bareClockFor(false)(960)]).toEqual(['4:00', '16:00']);
    expect([960, 975].map((minute) => irish?.(minute))).toEqual(['16:00', '16:15']);
  });

  it('a week starts where the locale’s does', () => {
    expect(startOfWeek('2026-11-25', firstWeekdayOf('en-IE'))).toBe('2026-11-23');
    expect(startOfWeek('2026-11-25', firstWeekdayOf('en-US'))).toBe('2026-11-22');
    expect(startOfWeek('2026-11-22', 7)).toBe('2026-11-22');
  });
});
