import { divideRounded, formatDecimal } from '#app/domain/billing/money.ts';

/** Minutes as hours with two decimals, as a file holds them. */
export const hoursOf = (minutes: number): string => formatDecimal(divideRounded(BigInt(minutes) * 100n, 60n), 2);
