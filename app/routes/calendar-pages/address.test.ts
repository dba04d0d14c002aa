import { describe, expect, it } from 'vitest';
import { linkTo, readAddress, turned } from './address.ts';

const tutor = '0198c0de-0000-7000-8000-000000000001';
const read = (search: string) =>
  readAddress(new URLSearchParams(search), { today: '2026-11-25', usual: 'week', filters: ['tutor', 'room'] });

describe('the address of a calendar', () => {
  it('ignores what makes no sense instead of failing', () => {
    expect(read('view=year&date=2026-02-31&tutor=1%27&cancelled=yes')).toEqual({
      view: 'week',
      date: '2026-11-25',
      cancelled: false,
      filters: { tutor: '', room: '' },
    });
  });

  it('turning the page and going to today keep the view and the filters', () => {
    const address = read(`view=month&date=2026-03-31&tutor=${tutor}&cancelled=1`);
    expect(linkTo(address, { date: turned(address, 1) })).toBe(`?view=month&date=2026-04-01&tutor=${tutor}&cancelled=1`);
    expect(linkTo(address, { date: null })).toBe(`?view=month&tutor=${tutor}&cancelled=1`);
    expect(turned(read('date=2026-03-25'), 1)).toBe('2026-04-01');
    expect(turned(read('view=day&date=2026-03-01'), -1)).toBe('2026-02-28');
  });
});
