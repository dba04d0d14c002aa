import { describe, expect, it } from 'vitest';
import { readClosureFile } from './closure-file.ts';
import { LONGEST_FILE } from './closure-limits.ts';

const range = { from: '2026-11-25', to: '2028-12-31' };
const file = (...events: string[][]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//holidays//EN']
    .concat(events.flatMap((lines) => ['BEGIN:VEVENT', 'DTSTAMP:20250101T000000Z', ...lines, 'END:VEVENT']))
    .concat('END:VCALENDAR', '')
    .join('\r\n');

describe('a file of public holidays', () => {
  it('says days whose end is the day after, a day without an end is one day', () => {
    const text = file(
      ['UID:new-year', 'DTSTART;VALUE=DATE:20270101', 'SUMMARY:New Year'],
      ['UID:xmas', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas\\, both days'],
    );
    expect(readClosureFile(text, range)).toEqual({
      ok: true,
      entries: [
        { uid: 'xmas#2026-12-25', name: 'Christmas, both days', startsOn: '2026-12-25', endsOn: '2026-12-26' },
        { uid: 'new-year#2027-01-01', name: 'New Year', startsOn: '2027-01-01', endsOn: '2027-01-01' },
      ],
      skipped: [],
    });
  });

  it('that repeat every year are laid out in the range, without what is taken out and with what was moved', () => {
    const text = file(
      [
        'UID:labour',
        'DTSTART;VALUE=DATE:19700504',
        'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1MO',
        'EXDATE;VALUE=DATE:20270503',
        'SUMMARY:Early May',
      ],
      ['UID:labour', 'RECURRENCE-ID;VALUE=DATE:20280501', 'DTSTART;VALUE=DATE:20280508', 'SUMMARY:Early May, moved'],
      ['UID:xmas', 'DTSTART;VALUE=DATE:20001225', 'RRULE:FREQ=YEARLY;UNTIL=20271231', 'SUMMARY:Christmas'],
    );
    const read = readClosureFile(text, range);
    expect(read.ok && read.entries.map(({ uid, startsOn }) => [uid, startsOn])).toEqual([
      ['xmas#2026-12-25', '2026-12-25'],
      ['xmas#2027-12-25', '2027-12-25'],
      ['labour#2028-05-01', '2028-05-08'],
    ]);
  });

  it('leaves away what is no whole day, is cancelled or repeats otherwise, and says so', () => {
    const text = file(
      ['UID:a', 'DTSTART:20261225T100000Z', 'DTEND:20261225T110000Z', 'SUMMARY:Party'],
      ['UID:b', 'DTSTART;VALUE=DATE:20261228', 'STATUS:CANCELLED', 'SUMMARY:Off'],
      ['UID:c', 'DTSTART;VALUE=DATE:20261228', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Bins'],
      ['UID:d', 'DTSTART;VALUE=DATE:2026xx', 'SUMMARY:Odd'],
      ['UID:e', 'DTSTART;VALUE=DATE:20200101', 'SUMMARY:Long ago'],
    );
    expect(readClosureFile(text, range)).toEqual({
      ok: true,
      entries: [],
      skipped: [
        { name: 'Party', why: 'is not all day' },
        { name: 'Off', why: 'is cancelled' },
        { name: 'Bins', why: 'repeats, but not every year' },
        { name: 'Odd', why: 'has no readable day' },
      ],
    });
  });

  it.each([
    ['a picture', '\u0089PNG', 'no iCalendar file'],
    ['a page of the web', '<!doctype html>', 'no iCalendar file'],
    ['nothing in it', file(), 'no event'],
    ['a line that is none', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nwhat is this\r\nEND:VEVENT\r\nEND:VCALENDAR', 'broken'],
    ['too much in it', `BEGIN:VCALENDAR\r\n${'X'.repeat(LONGEST_FILE)}`, 'larger than a megabyte'],
  ])('that has %s is told plainly', (_, text, why) => {
    expect(readClosureFile(text, range)).toEqual({ ok: false, why: expect.stringContaining(why) });
  });
});

describe('a file made to keep the reader busy', () => {
  it('that begins without ending is broken, however often it begins', () => {
    for (const text of [
      `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(60_000)}`,
      'BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR',
    ])
      expect(readClosureFile(text, range)).toMatchObject({ ok: false, why: expect.stringContaining('broken') });
  });

  it('whose rules give more days than there are holidays is refused before they are laid out', () => {
    const often = ['UID:x', 'DTSTART;VALUE=DATE:19000101', 'SUMMARY:X', 'RRULE:FREQ=YEARLY;COUNT=1000000000;BYDAY=MO,TU,WE'];
    expect(readClosureFile(file(often), range)).toMatchObject({ ok: false, why: expect.stringContaining('repeats') });
    const many = Array.from({ length: 700 }, (_, n) => [
      `UID:${n}`,
      'DTSTART;VALUE=DATE:20000101',
      'SUMMARY:X',
      'RRULE:FREQ=YEARLY',
    ]);
    expect(readClosureFile(file(...many), range)).toMatchObject({ ok: false, why: expect.stringContaining('repeats') });
  });

  it('a rule from long ago gives the same days as one from yesterday', () => {
    const since = (year: number) =>
      readClosureFile(file(['UID:x', `DTSTART;VALUE=DATE:${year}0317`, 'SUMMARY:Patrick', 'RRULE:FREQ=YEARLY']), range);
    expect(since(1903)).toEqual(since(2026));
    expect(since(1903)).toMatchObject({ entries: [{ startsOn: '2027-03-17' }, { startsOn: '2028-03-17' }] });
  });
});
