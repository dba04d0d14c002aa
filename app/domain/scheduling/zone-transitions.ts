import { Temporal } from 'temporal-polyfill';

/** A change of a zone's offset from UTC: its clocks go forward or back, or its country chose another time. */
export interface ZoneTransition {
  at: Date;
  /** Seconds east of UTC before and from then on. */
  before: number;
  after: number;
}

/** The offset of a zone at an instant, in seconds east of UTC. */
export function offsetAt(zone: string, at: Date): number {
  return zonedAt(zone, at).offsetNanoseconds / 1e9;
}

/** A zone's changes from an instant on and before another, in their order. */
export function transitionsOf(zone: string, from: Date, to: Date): ZoneTransition[] {
  const found: ZoneTransition[] = [];
  // One instant earlier, since a change at `from` itself is not "the next" after it.
  let next = zonedAt(zone, new Date(from.getTime() - 1)).getTimeZoneTransition('next');
  while (next !== null && next.epochMilliseconds < to.getTime()) {
    found.push(transitionAt(next));
    next = next.getTimeZoneTransition('next');
  }
  return found;
}

/** The last change before an instant; undefined where the zone never had one. */
export function transitionBefore(zone: string, at: Date): ZoneTransition | undefined {
  const last = zonedAt(zone, at).getTimeZoneTransition('previous');
  return last === null ? undefined : transitionAt(last);
}

function zonedAt(zone: string, at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

function transitionAt(change: Temporal.ZonedDateTime): ZoneTransition {
  return {
    at: new Date(change.epochMilliseconds),
    before: change.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1e9,
    after: change.offsetNanoseconds / 1e9,
  };
}
