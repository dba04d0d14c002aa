import { describe, expect, it } from 'vitest';
import { isNarrowed, pageLink, readFilter } from './session-filter.ts';

const read = (search: string) => readFilter(new URLSearchParams(search), '2026-11-23');

describe('the filters in the address', () => {
  it('begin today when nothing is asked for, and with everything when the dates are emptied', () => {
    expect(read('')).toMatchObject({ from: '2026-11-23', to: '', page: 1 });
    expect(read('from=&to=')).toMatchObject({ from: '', to: '' });
    expect(isNarrowed(read(''), '2026-11-23')).toBe(false);
    expect(isNarrowed(read('q=anna'), '2026-11-23')).toBe(true);
  });

  it('ignore what makes no sense instead of failing', () => {
    expect(read('from=yesterday&to=2026-02-30&tutor=1%27&status=none&page=-3&student=x')).toEqual({
      from: '',
      to: '',
      tutor: '',
      student: '',
      status: '',
      q: '',
      page: 1,
    });
  });

  it('stay when the page is turned', () => {
    expect(pageLink(new URLSearchParams('q=anna&status=scheduled&page=2'), 3)).toBe('?q=anna&status=scheduled&page=3');
    expect(pageLink(new URLSearchParams('q=anna&page=2'), 1)).toBe('?q=anna');
  });
});
