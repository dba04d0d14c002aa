import { expect, it } from 'vitest';
import { readReportFilter, reportQuery } from './report-filter.ts';

const read = (query: string) => readReportFilter(new URLSearchParams(query), '2026-03-31');
const tutor = '0199a000-0000-7000-8000-000000000001';

it('a report without anything in its address is last month by tutor, held against the month before', () => {
  expect(read('')).toMatchObject({
    filter: { from: '2026-02-01', until: '2026-02-28', tutor: '', by: 'tutor', compare: 'before', page: 1 },
    period: { from: '2026-02-01', to: '2026-03-01' },
  });
});

it('what the address can not mean is left out of it', () => {
  const { filter } = read(`tutor=x&program=none&subject=${tutor}&by=moon&compare=ever&page=-3`);
  expect(filter).toMatchObject({ tutor: '', program: 'none', subject: tutor, by: 'tutor', compare: 'before', page: 1 });
});

it('a filter written into an address is read back as it was', () => {
  const { filter } = read(`from=2026-01-01&until=2026-01-31&tutor=${tutor}&by=week&compare=year&page=3`);
  expect(read(reportQuery(filter)).filter).toEqual(filter);
});

it('a report covers five years at most, leap days included', () => {
  expect(read('from=2021-01-01&until=2025-12-31').period).toEqual({ from: '2021-01-01', to: '2026-01-01' });
  expect(read('from=1990-01-01&until=2025-12-31')).toMatchObject({
    period: undefined,
    errors: { until: 'A report covers 5 years at most.' },
  });
});
