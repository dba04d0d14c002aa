import { describe, expect, it } from 'vitest';
import { minutesText } from './session-length.ts';
import { distanceText, type Reader, whenOf } from './session-when.ts';

const reader = (over: Partial<Reader> = {}): Reader => ({
  zone: 'Europe/Berlin',
  locale: 'en-GB',
  organisationZone: 'Europe/Berlin',
  now: new Date('2026-11-23T09:00:00Z'),
  ...over,
});

const at = (start: string, minutes = 60): [Date, Date] => [new Date(start), new Date(Date.parse(start) + minutes * 60_000)];

/** Locales put thin and unbreakable spaces into times. */
const plain = (text: string) => text.replaceAll(/[\u2009\u202f\u00a0]/g, ' ');

describe("a session's time in words", () => {
  it('is said in the zone of who reads, with the company’s time beside it where they differ', () => {
    const when = whenOf(reader({ zone: 'America/New_York' }), ...at('2026-11-23T15:00:00Z'));
    expect(when.time).toBe('10:00–11:00');
    expect(plain(whenOf(reader({ zone: 'America/New_York', locale: 'en-US' }), ...at('2026-11-23T15:00:00Z')).time)).toBe(
      '10:00 – 11:00 AM',
    );
    expect(when.atOffice).toBe('16:00 in Berlin');
    expect(whenOf(reader(), ...at('2026-11-23T15:00:00Z')).atOffice).toBeNull();
  });

  it('names the day of the company too when it is another one', () => {
    const when = whenOf(reader({ zone: 'Asia/Tokyo' }), ...at('2026-11-23T22:00:00Z'));
    expect(when).toMatchObject({ day: 'Tomorrow', date: '2026-11-24', atOffice: 'Mon 23:00 in Berlin' });
  });

  it('a lesson over midnight says its two times, not two dates', () => {
    expect(whenOf(reader(), ...at('2026-11-23T22:30:00Z')).time).toBe('23:30–00:30');
  });

  it('today ends at midnight of the reader, not of the server', () => {
    const late = new Date('2026-11-23T23:30:00Z');
    expect(whenOf(reader({ now: late }), ...at('2026-11-24T08:00:00Z')).day).toBe('Today');
    expect(whenOf(reader({ now: late }), ...at('2026-11-23T08:00:00Z')).day).toBe('Yesterday');
  });

  it('another year is said, this one is not', () => {
    expect(whenOf(reader(), ...at('2026-12-01T08:00:00Z')).day).toBe('Tue 1 Dec');
    expect(whenOf(reader(), ...at('2027-01-04T08:00:00Z')).day).toBe('Mon, 4 Jan 2027');
  });

  it('durations and distances are in the largest unit that stays true', () => {
    expect([45, 60, 90, 0].map((minutes) => plain(minutesText(minutes)))).toEqual(['45 min', '1 h', '1 h 30 min', '0 min']);
    const from = new Date('2026-11-23T09:00:00Z');
    expect(distanceText(from, new Date('2026-11-23T08:35:00Z'))).toBe('25 min');
    expect(distanceText(from, new Date('2026-11-23T06:00:00Z'))).toBe('3 h');
    expect(distanceText(from, new Date('2026-11-20T09:00:00Z'))).toBe('3 days');
  });
});
