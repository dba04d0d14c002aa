import { addDays, isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** As long as time off can be: everybody's calendar is read for all of it. */
const LONGEST_DAYS = 366;

/** The days in the address; today where it has none, never backwards, and a year at most. */
export function absenceDays(request: Pick<Request, 'url'>, today: string): { from: string; to: string } {
  const params = new URL(request.url).searchParams;
  const day = (name: string) => {
    const text = params.get(name)?.trim() ?? '';
    return isLocalDate(text) ? text : undefined;
  };
  const from = day('from') ?? today;
  const to = day('to') ?? from;
  const last = addDays(from, LONGEST_DAYS - 1);
  return { from, to: to < from ? from : to > last ? last : to };
}
