import { describe, expect, it } from 'vitest';
import { dayAfter, dayBefore, monthOf, readPeriod } from './period.ts';

const read = (query: string, today = '2026-03-31') => readPeriod(new URLSearchParams(query), today);

describe('the period of a page', () => {
  it('is last month unless something else is asked, over the turn of the year too', () => {
    expect(read('').period).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(read('', '2026-01-15').period).toEqual({ from: '2025-12-01', to: '2026-01-01' });
    expect(monthOf('2026-03-31', 0)).toEqual({ from: '2026-03-01', until: '2026-03-31' });
  });

  it('is said by its last day and reckoned by the day after it', () => {
    expect(read('from=2026-02-10&until=2026-02-28').period).toEqual({ from: '2026-02-10', to: '2026-03-01' });
    expect(read('from=2028-02-29&until=2028-02-29').period).toEqual({ from: '2028-02-29', to: '2028-03-01' });
    expect([dayAfter('2026-12-31'), dayBefore('2026-01-01')]).toEqual(['2027-01-01', '2025-12-31']);
  });

  it('that is none says what is wrong at which field, and keeps what was typed', () => {
    expect(read('from=2026-02-30&until=2026-03-01')).toMatchObject({
      period: undefined,
      errors: { from: 'Enter the first day.' },
    });
    expect(read('from=2026-03-02&until=2026-03-01').errors).toEqual({ until: 'The last day must not be before the first.' });
    expect(read('from=2026-03-01&until=9999-12-31').errors).toEqual({ until: 'Enter the last day.' });
    expect(read('from=1000-01-01&until=8999-12-31').errors).toEqual({
      from: 'Enter the first day.',
      until: 'Enter the last day.',
    });
    expect(read('from=&until=x').shown).toEqual({ from: '', until: 'x' });
  });
});
