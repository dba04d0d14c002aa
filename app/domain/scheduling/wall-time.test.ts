import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, instantToWall, isLocalDate, isWallTime, localDateOf, startOfDay, wallToInstant } from './wall-time.ts';

const zones = [
  'America/New_York',
  'Europe/Dublin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
  'America/Sao_Paulo',
];
const instant = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2037, 0) }).map((ms) => new Date(ms - (ms % 60_000)));

describe('wall time', () => {
  it('a time that a clock change skips does not exist', () => {
    expect(wallToInstant('2026-03-08T02:30', 'America/New_York')).toBeUndefined();
    expect(wallToInstant('2026-10-04T02:15', 'Australia/Lord_Howe')).toBeUndefined();
    expect(wallToInstant('2026-03-08T03:00', 'America/New_York')?.toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });

  it('a time that happens twice means the earlier', () => {
    expect(wallToInstant('2026-10-25T01:30', 'Europe/Dublin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(wallToInstant('2026-11-01T01:30', 'America/New_York')?.toISOString()).toBe('2026-11-01T05:30:00.000Z');
    // Lord Howe goes back by half an hour.
    expect(wallToInstant('2026-04-05T01:45', 'Australia/Lord_Howe')?.toISOString()).toBe('2026-04-04T14:45:00.000Z');
  });

  it('an instant shown on a wall and read back is the instant, or the earlier one of the same wall', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        const back = wallToInstant(instantToWall(at, zone), zone);
        expect(back).toBeDefined();
        expect(at.getTime() - (back?.getTime() ?? 0)).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - (back?.getTime() ?? 0)).toBeLessThanOrEqual(3_600_000);
        expect(instantToWall(back ?? at, zone)).toBe(instantToWall(at, zone));
      }),
    );
  });

  it('16:00 stays 16:00 on every week of the year, in a zone that changes its clocks', () => {
    for (let week = 0; week < 52; week++) {
      const day = addDays('2026-01-05', week * 7);
      const start = wallToInstant(`${day}T16:00`, 'America/New_York');
      expect(start && instantToWall(start, 'America/New_York')).toBe(`${day}T16:00`);
    }
  });

  it('31 March 23:30 in New York is in March, though it is April in UTC', () => {
    const start = wallToInstant('2026-03-31T23:30', 'America/New_York') ?? new Date(0);
    expect(start.toISOString().slice(0, 10)).toBe('2026-04-01');
    expect(localDateOf(start, 'America/New_York')).toBe('2026-03-31');
  });

  it('every instant lies in exactly one half-open day of any zone', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        const day = localDateOf(at, zone);
        expect(startOfDay(day, zone).getTime()).toBeLessThanOrEqual(at.getTime());
        expect(startOfDay(addDays(day, 1), zone).getTime()).toBeGreaterThan(at.getTime());
      }),
    );
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '0026-01-01', '2026-1-1', '9999-12-31', 'today', ''])('%j is no day', (text) =>
    expect(isLocalDate(text)).toBe(false),
  );
  it.each([
    '2026-03-08',
    '2026-03-08T25:00',
    '0026-03-08T10:00',
    '9999-12-31T23:59',
    '2026-02-30T10:00',
    '2026-03-08 10:00',
    '2026-03-08T10:00Z',
  ])('%j is no wall time', (text) => {
    expect(isWallTime(text)).toBe(false);
  });
});

it('the local day of any instant is the one Temporal says, in every kind of zone', () => {
  const many = [...zones, 'America/St_Johns'];
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-02'), max: new Date('2199-12-31'), noInvalidDate: true }),
      fc.constantFrom(...many),
      (at, zone) => {
        const exact = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
        expect(localDateOf(at, zone)).toBe(exact);
      },
    ),
    { numRuns: 2_000 },
  );
});
