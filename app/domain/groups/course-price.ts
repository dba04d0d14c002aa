import { divideRounded } from '#app/domain/billing/money.ts';

/**
 * What a course costs who joins when so many of its sessions are left: the whole price, or the part of those that are
 * left, rounded once, half away from zero. Minor units; null stays null: each session is charged by itself.
 */
export function coursePrice(
  price: bigint | null,
  sessions: { left: number; all: number },
  rule: 'full' | 'pro_rata',
): bigint | null {
  if (price === null || rule === 'full' || sessions.all === 0) return price;
  return divideRounded(price * BigInt(sessions.left), BigInt(sessions.all));
}
