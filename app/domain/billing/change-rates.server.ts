import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { assessSession } from './assess-session.server.ts';
import type { Rate } from './pricing.ts';
import type { ChangedRate, RateChangeInput } from './rate-change.ts';
import { listRateEffects, type RateEffect } from './rate-effect.server.ts';
import { listRates } from './rate-queries.server.ts';
import { risen } from './rate-rise.ts';
import { reassessMissingRates } from './reassess-missing-rates.server.ts';
import { asRate, rateColumns } from './session-facts.server.ts';

export interface RateChangePreview {
  rows: ChangedRate[];
  effects: RateEffect[];
  /** Of all of it; the same again means that the same would be done. */
  hash: string;
}

/** Every row that would change, and which sessions that are on no invoice and in no pay run it alters by how much. */
export async function previewRateChange(db: Kysely<DB>, input: RateChangeInput): Promise<RateChangePreview> {
  const found = await listRates(db, { ...input, from: input.from });
  const rows = found.flatMap((rate): ChangedRate[] => {
    const is = risen(rate, input.rise);
    if (is === undefined) return [];
    const { id, side, program, subject, tutor, student, basis, amountPerHour, validFrom, validTo } = rate;
    const splits = validFrom < input.from;
    const from = splits ? input.from : validFrom;
    return [{ id, side, program, subject, tutor, student, basis, was: amountPerHour, is, from, validTo, splits }];
  });
  const before = (await db.selectFrom('rate').select(rateColumns).execute()).map(asRate);
  const changed = new Map(rows.map((row) => [row.id, row]));
  const after = before.flatMap((rate): Rate[] => {
    const row = changed.get(rate.id);
    if (!row) return [rate];
    const next = { ...rate, amountPerHour: row.is };
    return row.splits
      ? [
          { ...rate, validTo: input.from },
          { ...next, validFrom: input.from },
        ]
      : [next];
  });
  const all = rows.length === 0 ? [] : await listRateEffects(db, { from: input.from, before, after });
  const effects = all.filter((effect) => input.reprice || effect.state === 'planned');
  return { rows, effects, hash: hashOf(rows, effects) };
}

function hashOf(rows: readonly ChangedRate[], effects: readonly RateEffect[]): string {
  const text = JSON.stringify([rows, effects], (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Changes rates together, as they were previewed, in one transaction, so that undoRateChange can take all of it back. What
 * was invoiced or paid stays as it is.
 * @throws DomainError conflict when it would come to something else than was seen, invalid_value when nothing changes
 */
export async function changeRates(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RateChangeInput & { hash: string },
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await trx.selectFrom('rate').select('id').orderBy('id').forUpdate().execute();
    const preview = await previewRateChange(trx, input);
    if (preview.rows.length === 0) throw new DomainError('invalid_value', 'No rate changes by this. Look at what you chose.');
    if (preview.hash !== input.hash)
      throw new DomainError('conflict', 'Rates or sessions have changed since you looked. Look again before you confirm.');
    const changed = [];
    for (const row of preview.rows) changed.push(await changeOne(trx, row));
    const { sides, programId, subjectId, tutorId, studentId, rise, reprice } = input;
    const how = { ...rise, sides, programId, subjectId, tutorId, studentId, reprice };
    const made = await trx
      .insertInto('rateChange')
      .values({
        fromOn: input.from,
        how: JSON.stringify(how, asText),
        changed: JSON.stringify(changed, asText),
        changedBy: actor.userId,
        changedAt: ctx.clock(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const { sessionId, state } of preview.effects) if (state === 'settled') await assessSession(trx, ctx, sessionId);
    await reassessMissingRates(trx, ctx);
    await audit(trx, actor, {
      action: 'rate.change_together',
      subjectType: 'rate_change',
      subjectId: made.id,
      after: { from: input.from, how, rates: changed.length, sessions: preview.effects.length },
    });
    return made;
  });
}

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** What undoing needs: the row, the one that follows it (null: it has the amount itself), and both amounts. */
export interface KeptChange {
  id: string;
  follows: string | null;
  was: string;
  is: string;
}

async function changeOne(trx: Transaction<DB>, row: ChangedRate): Promise<KeptChange> {
  const kept = { id: row.id, was: row.was.toString(), is: row.is.toString() };
  if (!row.splits) {
    await trx.updateTable('rate').set({ amountPerHour: row.is }).where('id', '=', row.id).execute();
    return { ...kept, follows: null };
  }
  const { side, programId, subjectId, tutorId, studentId, basis, minimum, note } = await trx
    .selectFrom('rate')
    .selectAll()
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow();
  await trx.updateTable('rate').set({ validTo: row.from }).where('id', '=', row.id).execute();
  const next = await trx
    .insertInto('rate')
    .values({
      ...{ side, programId, subjectId, tutorId, studentId, basis, minimum, note },
      amountPerHour: row.is,
      validFrom: row.from,
      validTo: row.validTo,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...kept, follows: next.id };
}
