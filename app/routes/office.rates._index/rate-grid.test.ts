import { describe, expect, it } from 'vitest';
import type { RateRow } from '#app/domain/billing/rate-queries.server.ts';
import { gridOf } from './rate-grid.ts';

const rate = (id: string, validFrom: string, validTo: string | null, over: Partial<RateRow> = {}): RateRow => ({
  ...{ id, side: 'charge', basis: 'per_hour', amountPerHour: 6000n, percent: null, minimum: null, note: '', weight: 0 },
  ...{
    programId: null,
    subjectId: null,
    tutorId: null,
    studentId: null,
    program: null,
    subject: null,
    tutor: null,
    student: null,
  },
  ...{ validFrom, validTo },
  ...over,
});

describe('rates as a grid of scopes and dates', () => {
  it('one row for a scope and side, with what held, what holds today and what is to come', () => {
    const rows = gridOf(
      [
        rate('a', '2024-01-01', '2025-01-01'),
        rate('b', '2025-01-01', '2026-01-01'),
        rate('c', '2026-01-01', '2026-09-01'),
        rate('d', '2026-09-01', null),
        rate('e', '2020-01-01', null, { side: 'pay' }),
        rate('f', '2020-01-01', '2026-03-01', { tutorId: 't' }),
      ],
      '2026-03-01',
    );
    expect(rows.map((row) => [row.past.map((one) => one.id), row.holds?.id, row.coming.map((one) => one.id)])).toEqual([
      [['b', 'a'], 'c', ['d']],
      [[], 'e', []],
      [['f'], undefined, []],
    ]);
  });
});
