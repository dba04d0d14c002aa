import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetAt } from '#app/domain/scheduling/zone-transitions.ts';
import { timeZoneLines } from './time-zone-lines.ts';

const from = new Date('2026-09-01T00:00:00Z');
const to = new Date('2028-03-01T00:00:00Z');

/** Reads the rules as a calendar does, by RFC 5545 alone: the observance that began last by its own clock counts. */
function offsetBy(lines: readonly string[], at: Date): number {
  const seconds = (text: string) => {
    const [, sign, hours, minutes, rest] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text) ?? expect.unreachable(text);
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(rest ?? 0));
  };
  const observances: { onset: number; offset: number }[] = [];
  let start = '';
  let before = 0;
  for (const line of lines) {
    const [name, value = ''] = line.split(':');
    if (name === 'DTSTART') start = value;
    if (name === 'TZOFFSETFROM') before = seconds(value);
    if (name === 'TZOFFSETTO') {
      const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)00$/.exec(start) ?? expect.unreachable(start);
      const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
      observances.push({ onset: local - before * 1000, offset: seconds(value) });
    }
  }
  const begun = observances.filter(({ onset }) => onset <= at.getTime()).sort((a, b) => b.onset - a.onset);
  return begun[0]?.offset ?? expect.unreachable('no observance covers the time');
}

describe('the rules of a zone in a feed', () => {
  const zones = [
    'America/New_York',
    'Europe/Dublin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/Phoenix',
    'Pacific/Apia',
    'Etc/GMT+5',
  ];

  it.each(zones)('%s: whatever the moment, they give the offset the zone has', (zone) => {
    const lines = timeZoneLines(zone, from, to);
    fc.assert(
      fc.property(fc.date({ min: from, max: new Date(to.getTime() - 1), noInvalidDate: true }), (at) => {
        expect(offsetBy(lines, at)).toBe(offsetAt(zone, at));
      }),
    );
  });

  it('say each change of the clocks by the hands as they stood', () => {
    expect(timeZoneLines('America/New_York', new Date('2026-12-01T00:00:00Z'), new Date('2027-06-01T00:00:00Z'))).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:America/New_York',
      'BEGIN:STANDARD',
      'DTSTART:20261101T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20270314T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]);
  });
});
