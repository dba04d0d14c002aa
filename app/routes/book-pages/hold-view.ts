import type { Policy } from '#app/domain/organisation/policies.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';

const HOUR = 3_600_000;

export function holdView({ expiresAt }: { expiresAt: Date }, now: Date) {
  return {
    expiresAt: expiresAt.toISOString(),
    secondsLeft: Math.max(1, Math.round((expiresAt.getTime() - now.getTime()) / 1000)),
  };
}

/** What cancelling and not coming cost, of a session at that time, on the reader's clock. */
export function policyView({ lateCancel, noShow }: Policy, startsAt: Date, now: Date, zone: string) {
  const until = new Date(startsAt.getTime() - lateCancel.noticeHours * HOUR);
  return {
    freeUntil: instantToWall(until, zone),
    alreadyLate: until <= now,
    noticeHours: lateCancel.noticeHours,
    latePercent: lateCancel.clientChargePercent,
    steps: lateCancel.steps.map((step) => ({ underHours: step.underHours, percent: step.clientChargePercent })),
    noShowPercent: noShow.clientChargePercent,
  };
}
