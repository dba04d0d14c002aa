import { instantToWall } from '#app/domain/scheduling/wall-time.ts';

export interface TimeView {
  startsAt: string;
  endsAt: string;
  /** As a clock of the reader shows it. */
  wall: string;
  /** The organisation's clock, where it shows another time. */
  officeWall: string | null;
}

/** A span as the reader's clock shows it, and the organisation's where that differs. */
export function viewTime(span: { startsAt: Date; endsAt: Date }, organisation: { timezone: string }, zone: string): TimeView {
  const wall = instantToWall(span.startsAt, zone);
  const officeWall = instantToWall(span.startsAt, organisation.timezone);
  return {
    startsAt: span.startsAt.toISOString(),
    endsAt: span.endsAt.toISOString(),
    wall,
    officeWall: wall === officeWall ? null : officeWall,
  };
}
