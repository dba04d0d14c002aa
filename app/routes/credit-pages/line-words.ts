import type { CreditLine } from '#app/domain/credits/credit-ledger.server.ts';

type Said = Pick<
  CreditLine,
  'sessionId' | 'description' | 'lotKind' | 'packageName' | 'moveKind' | 'otherName' | 'available' | 'booked' | 'used' | 'expired'
>;

/** What happened to the credits, as a person says it. */
export function lineWords(line: Said): string {
  const { sessionId, available, booked, used, expired } = line;
  if (sessionId) {
    if (used > 0n) return available > 0n ? 'Used in part, the rest given back' : 'Used';
    if (used < 0n) return 'Settled otherwise';
    if (booked === 0n) return 'Moved to other credits';
    return booked > 0n ? 'Booked' : 'Given back';
  }
  if (expired > 0n) return `Expired: ${line.packageName ?? 'credits'}`;
  if (line.moveKind === 'transfer') return transferWords(line);
  if (available < 0n) return 'Taken away by a correction';
  if (available === 0n) return 'Covers what was booked below zero';
  if (line.lotKind === 'gift') return 'Given';
  if (line.lotKind === 'correction') return 'Added by a correction';
  if (line.lotKind === 'sold') return `Bought: ${line.packageName ?? 'credits'}`;
  return line.description;
}

function transferWords({ available, otherName }: Said): string {
  if (available === 0n) return 'Moved between packages';
  return available < 0n ? `Moved to ${otherName ?? 'another family'}` : `Moved from ${otherName ?? 'another family'}`;
}
