import { expect, it } from 'vitest';
import { scheduleSchema } from './invoice-schedule.schema.ts';
import { extraLineSchema } from './run-adjustment.schema.ts';

const line = {
  requestId: '019a0000-0000-7000-8000-000000000001',
  clientId: '019a0000-0000-7000-8000-000000000002',
  description: 'Workbook',
  amount: '12,50',
  localDate: '2026-03-31',
};

it('a line by hand is of a day of the calendar and of an amount that can be paid', () => {
  const read = (over: object) => extraLineSchema(2).safeParse({ ...line, ...over });
  expect(read({}).data).toMatchObject({ amount: 1250n, localDate: '2026-03-31', taxPercent: '0' });
  for (const localDate of ['2026-02-31', '2026-13-01', '0026-03-01', '31/03/2026', ''])
    expect(read({ localDate }).success, localDate).toBe(false);
  for (const amount of ['-1', '0', '0.001', '1e9', '１２', '99999999999999', 'NaN', '=1+1'])
    expect(read({ amount }).success, amount).toBe(false);
});

it('a schedule runs next on a day of the calendar', () => {
  const schedule = { name: 'Monthly', every: 'month', does: 'prepare' };
  expect(scheduleSchema.safeParse({ ...schedule, nextOn: '2026-02-28' }).success).toBe(true);
  for (const nextOn of ['2026-02-30', '0026-03-01'])
    expect(scheduleSchema.safeParse({ ...schedule, nextOn }).success).toBe(false);
});
