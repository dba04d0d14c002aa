import { isId } from '#app/domain/is-id.ts';
import { type Age, isAge } from '#app/domain/reports/outstanding.ts';
import { readPeriod } from '../money-pages/period.ts';

export interface OutstandingFilter {
  /** The end of this day; as typed where it is none. */
  on: string;
  client: string;
  age: Age | '';
}

/** From the address; without a day today, and no day after it. */
export function readOutstanding(
  params: URLSearchParams,
  today: string,
): { filter: OutstandingFilter; error: string | undefined } {
  const on = params.get('on') ?? today;
  const client = params.get('client') ?? '';
  const age = params.get('age');
  const known = readPeriod(new URLSearchParams({ from: on, until: on }), today).period !== undefined;
  const error = !known ? 'Enter a day.' : on > today ? 'This day is still to come.' : undefined;
  return { filter: { on, client: isId(client) ? client : '', age: isAge(age) ? age : '' }, error };
}

export function outstandingQuery({ on, client, age }: OutstandingFilter): string {
  const params = new URLSearchParams({ on });
  if (client) params.set('client', client);
  if (age) params.set('age', age);
  return params.toString();
}
