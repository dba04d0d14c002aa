import fc from 'fast-check';
import type { PeriodSnapshot, PlaceSnapshot } from '../billing.ts';

const id = fc.uuid();
const revision = fc.integer({ min: 1, max: 5 });
const plannedMinutes = fc.integer({ min: 1, max: 600 });
const creditsAvailable = fc.bigInt({ min: -100_000n, max: 100_000n });
const percent = fc.oneof(
  fc.constantFrom('0', '25', '33.33', '50', '100'),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => (hundredths / 100).toFixed(2)),
);

const booked = fc.record<PlaceSnapshot>({
  attendanceId: id,
  revision,
  billable: fc.boolean(),
  state: fc.constant('booked'),
  outcome: fc.constantFrom('planned', 'attended', 'no_show'),
  plannedMinutes,
  minutes: fc.constant(null),
  chargePercent: fc.constant(null),
  fee: fc.constant(null),
  creditsAvailable,
  mayRefuse: fc.boolean(),
});

const settled = fc.record<PlaceSnapshot>({
  attendanceId: id,
  revision,
  billable: fc.boolean(),
  state: fc.constant('settled'),
  outcome: fc.constantFrom('attended', 'no_show', 'late_cancel'),
  plannedMinutes,
  minutes: fc.integer({ min: 0, max: 600 }),
  chargePercent: percent,
  fee: fc.option(fc.bigInt({ min: 0n, max: 10_000_000n })),
  creditsAvailable,
  mayRefuse: fc.constant(false),
});

const released = fc.record<PlaceSnapshot>({
  attendanceId: id,
  revision,
  billable: fc.boolean(),
  state: fc.constant('released'),
  outcome: fc.constantFrom('cancelled', 'tutor_no_show', 'technical_failure', 'no_show', 'late_cancel'),
  plannedMinutes,
  minutes: fc.constant(null),
  chargePercent: fc.constantFrom(null, '0'),
  fee: fc.constantFrom(null, 0n),
  creditsAvailable,
  mayRefuse: fc.constant(false),
});

/** Places as the core describes them, of every state. */
export const places = {
  booked,
  settled,
  released,
  any: fc.oneof(booked, settled, released),
};

const days = fc.integer({ min: 28, max: 31 });

/** A month of a client, of any days and with any places. */
export const months: fc.Arbitrary<PeriodSnapshot> = days.chain((length) =>
  fc.record<PeriodSnapshot>({
    from: fc.constant('2026-03-01'),
    to: fc.constant('2026-04-01'),
    days: fc.constant(length),
    activeDays: fc.integer({ min: 0, max: length }),
    currencyDigits: fc.constantFrom(0, 2, 3),
    places: fc.array(
      fc.record({
        attendanceId: id,
        localDate: fc.constantFrom('2026-03-02', '2026-03-09', '2026-03-31'),
        minutes: fc.integer({ min: 0, max: 600 }),
        outcome: fc.constantFrom('attended' as const, 'no_show' as const, 'late_cancel' as const),
        chargePercent: percent,
      }),
      { maxLength: 12 },
    ),
  }),
);
