import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { numberText, prefixOf, SERIES, type SeriesForm, type SeriesName } from '../number-series.ts';

export interface NumberSeries extends SeriesForm {
  series: SeriesName;
  yearly: boolean;
}

/** Each series with the number its next document has, were it issued today. */
export async function listNumberSeries(db: Kysely<DB>, today: string): Promise<(NumberSeries & { next: string })[]> {
  const rows = await db.selectFrom('numberSeries').selectAll().execute();
  return SERIES.flatMap((series) => {
    const base = rows.find((row) => row.name === series);
    if (!base) return [];
    const { prefix, digits, yearly } = base;
    const ofYear = rows.find((row) => row.ofSeries === series && row.year === Number(today.slice(0, 4)));
    const number = yearly ? (ofYear?.nextNumber ?? 1n) : base.nextNumber;
    return [{ series, prefix, digits, yearly, next: numberText({ prefix, digits }, number, today) }];
  });
}

/**
 * How the numbers of documents issued from now on look. The counting goes on where it was: no number is left out.
 * @throws DomainError invalid_value at `prefix` where a number would come that a document has already
 */
export async function editNumberSeries(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: NumberSeries): Promise<void> {
  const { series, prefix, digits, yearly } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx
      .selectFrom('numberSeries')
      .select(['prefix', 'digits', 'yearly'])
      .where('name', '=', series)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (before.prefix === prefix && before.digits === digits && before.yearly === yearly) return;
    await trx.updateTable('numberSeries').set({ prefix, digits, yearly }).where('name', '=', series).execute();
    const today = localDateOf(ctx.clock(), (await getOrganisation(trx)).timezone);
    if (await wouldRepeat(trx, input, today)) {
      throw new DomainError('invalid_value', 'With this in front, numbers would come again that documents have already.', {
        field: 'prefix',
      });
    }
    await audit(trx, actor, {
      action: 'number_series.edit',
      subjectType: 'organisation',
      subjectId: null,
      before: { ...before },
      after: { series, prefix, digits, yearly },
    });
  });
}

/** Whether a document has a number of this look at or beyond the next one. */
async function wouldRepeat(trx: Transaction<DB>, { series, prefix, yearly }: NumberSeries, today: string): Promise<boolean> {
  const front = prefixOf(prefix, today);
  const name = yearly ? `${series}:${today.slice(0, 4)}` : series;
  const table = series === 'invoice' ? sql`invoice` : sql`credit_note`;
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (
      SELECT 1 FROM ${table} d
      WHERE starts_with(d.number_text, ${front}) AND substr(d.number_text, length(${front}) + 1) ~ '^[0-9]+$'
        AND substr(d.number_text, length(${front}) + 1)::numeric
          >= coalesce((SELECT next_number FROM number_series WHERE name = ${name}), 1)
    ) AS found`.execute(trx);
  return rows[0]?.found === true;
}
