import { sql, type Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { numberText, type SeriesName } from './number-series.ts';

export interface TakenNumber {
  /** The row that counts: of a yearly series its year's. */
  series: string;
  number: bigint;
  numberText: string;
}

/** Whoever holds a series gives its numbers, and sees all that were given before. Until the transaction ends. */
export async function lockSeries(trx: Transaction<DB>, series: SeriesName): Promise<void> {
  await trx.selectFrom('numberSeries').select('name').where('name', '=', series).forUpdate().executeTakeFirstOrThrow();
}

/**
 * The next `count` numbers of a series, in order, for documents that are issued on this day (YYYY-MM-DD). They are used
 * if, and only if, the transaction commits: none is lost, none given twice. A yearly series begins at 1 each year.
 */
export async function takeNumbers(
  trx: Transaction<DB>,
  series: SeriesName,
  count: number,
  issuedOn: string,
): Promise<TakenNumber[]> {
  const form = await trx
    .selectFrom('numberSeries')
    .select(['name', 'prefix', 'digits', 'yearly'])
    .where('name', '=', series)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const name = form.yearly ? await rowOfYear(trx, series, Number(issuedOn.slice(0, 4))) : form.name;
  const { rows } = await sql<{ first: bigint }>`
    UPDATE number_series SET next_number = next_number + ${count}::bigint WHERE name = ${name}
    RETURNING next_number - ${count}::bigint AS first`.execute(trx);
  const first = rows[0]?.first;
  if (first === undefined) throw new Error(`there is no number series ${name}`);
  return Array.from({ length: count }, (_, index) => {
    const number = first + BigInt(index);
    return { series: name, number, numberText: numberText(form, number, issuedOn) };
  });
}

async function rowOfYear(trx: Transaction<DB>, series: SeriesName, year: number): Promise<string> {
  const name = `${series}:${year}`;
  await trx
    .insertInto('numberSeries')
    .values({ name, ofSeries: series, year })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return name;
}
