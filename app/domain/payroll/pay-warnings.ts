import type { PayLine } from './pay-run.ts';

/** What is worth a second look at a tutor's statement before it is approved. Pure. */
export interface PayWarning {
  code: 'negative' | 'zero' | 'unusual' | 'hours';
  message: string;
}

interface Limits {
  /** More than so many times the usual is pointed out. */
  unusualFactor: number;
  /** More than so many hours in one week (Monday to Sunday) are pointed out. */
  hoursAWeek: number;
  /** An amount as the reader writes it. */
  money: (amount: bigint) => string;
}

interface Statement {
  total: bigint;
  lines: readonly Pick<PayLine, 'kind' | 'localDate' | 'minutes'>[];
  /** What the tutor's last runs came to on average; undefined: too few to say. */
  usual: bigint | undefined;
}

export function payWarnings({ total, lines, usual }: Statement, { unusualFactor, hoursAWeek, money }: Limits): PayWarning[] {
  const warnings: PayWarning[] = [];
  if (total < 0n) warnings.push({ code: 'negative', message: `Comes to less than nothing: ${money(total)} is not paid out` });
  if (total === 0n) warnings.push({ code: 'zero', message: 'Comes to nothing' });
  // In hundredths, so that a factor like 1.5 stays exact.
  if (usual !== undefined && usual > 0n && total * 100n > usual * BigInt(Math.round(unusualFactor * 100)))
    warnings.push({ code: 'unusual', message: `Unusual: ${money(usual)} on average so far` });
  const [week, minutes] = fullestWeek(lines);
  if (minutes > hoursAWeek * 60)
    warnings.push({ code: 'hours', message: `${hoursText(minutes)} h in the week of ${week}, more than ${hoursAWeek} h` });
  return warnings;
}

/** "61.5": hours to two decimals at most. */
export const hoursText = (minutes: number): string => String(Math.round((minutes * 100) / 60) / 100);

/** The Monday of the week with the most minutes of sessions and other work, and how many they are. */
function fullestWeek(lines: Statement['lines']): [string, number] {
  const weeks = new Map<string, number>();
  for (const { kind, localDate, minutes } of lines) {
    if (minutes === null || (kind !== 'session' && kind !== 'work')) continue;
    const monday = mondayOf(localDate);
    weeks.set(monday, (weeks.get(monday) ?? 0) + minutes);
  }
  return [...weeks].reduce((most, week) => (week[1] > most[1] ? week : most), ['', 0]);
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
