import type { AppContext } from '#app/context.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import { boardJson } from '#app/domain/scheduling/board.server.ts';
import { boardShades } from '#app/domain/scheduling/board-shades.server.ts';
import { addDays, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import type { BoardParams } from './board-params.ts';
import { firstWeekdayOf, startOfWeek } from './days.ts';

/** The days that an address shows. */
export function daysShown(
  { date, view }: Pick<BoardParams, 'date' | 'view'>,
  locale: string,
): { firstDay: string; days: number } {
  return view === 'day' ? { firstDay: date, days: 1 } : { firstDay: startOfWeek(date, firstWeekdayOf(locale)), days: 7 };
}

/** What the board shows of these days, as the text of JSON. */
export async function loadBoard(
  { db }: Pick<AppContext, 'db'>,
  organisation: Pick<Organisation, 'timezone'>,
  { firstDay, days }: { firstDay: string; days: number },
): Promise<string> {
  const zone = organisation.timezone;
  const from = startOfDay(firstDay, zone);
  const to = startOfDay(addDays(firstDay, days), zone);
  const window = { from, to, firstDay, zone };
  const [week, shades] = await Promise.all([boardJson(db, window), boardShades(db, window)]);
  return `{"week":${week},"shades":${JSON.stringify(shades)}}`;
}
