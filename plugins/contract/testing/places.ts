import fc from 'fast-check';
import type { PlaceSnapshot } from '../billing.ts';

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
