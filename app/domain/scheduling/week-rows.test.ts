import { describe, expect, it } from 'vitest';
import { mondayToFriday, readRows, rowsOf } from './week-rows.ts';

const row = (weekday: number, from: string, to: string) => ({ weekday, from, to });

describe('hours typed line by line', () => {
  it('may be several on a day, and an end before the start is on the next day', () => {
    expect(readRows([row(1, '09:00', '12:00'), row(1, '22:00', '02:00'), row(2, '', '')])).toEqual({
      spans: [
        { weekday: 1, startMinute: 540, endMinute: 720 },
        { weekday: 1, startMinute: 1320, endMinute: 1560 },
      ],
      errors: {},
    });
  });

  it('up to 00:00 are up to midnight, and 00:00 to 00:00 is the whole day', () => {
    expect(readRows([row(3, '18:00', '00:00'), row(4, '00:00', '00:00')]).spans).toEqual([
      { weekday: 3, startMinute: 1080, endMinute: 1440 },
      { weekday: 4, startMinute: 0, endMinute: 1440 },
    ]);
  });

  it('that can’t be read are said at their own field', () => {
    const { errors } = readRows([row(1, '09:00', '12:00'), row(1, '', '14:00'), row(2, '15:00', '15:00'), row(3, '8', '25:00')]);
    expect(errors).toEqual({
      'from.1.1': 'Enter a time such as 15:00',
      'to.2.0': 'Enter an end other than the start',
      'from.3.0': 'Enter a time such as 15:00',
    });
  });

  it('are written as they were read', () => {
    const rows = [row(1, '09:00', '12:00'), row(5, '22:00', '02:00'), row(6, '00:00', '00:00')];
    expect(rowsOf(readRows(rows).spans)).toEqual(rows);
  });

  it('of Monday can be those of all weekdays, and the weekend stays', () => {
    expect(mondayToFriday([row(1, '15:00', '19:00'), row(2, '08:00', '09:00'), row(6, '10:00', '13:00')])).toEqual([
      ...[1, 2, 3, 4, 5].map((weekday) => row(weekday, '15:00', '19:00')),
      row(6, '10:00', '13:00'),
    ]);
  });
});
