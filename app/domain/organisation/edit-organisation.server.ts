import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockOrganisation } from './lock-organisation.server.ts';
import { hasMoney } from './queries.server.ts';
import type { OrganisationValues } from './settings.schema.ts';

/**
 * Saves what the company is called and how it is reached. Issued invoices keep what they were issued with.
 * Zone and currency can change until the first amount is posted (then `locked`, with the field), because they decide
 * which day a session belongs to and what every stored amount means.
 */
export async function editOrganisation(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: OrganisationValues,
): Promise<void> {
  const { version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await lockOrganisation(trx, version);
    const changes = changedFields({ ...before }, columns);
    if (!changes) return;
    if ('timezone' in changes.after)
      await refuseWithMoney(trx, 'timezone', 'The time zone is fixed: amounts were posted on days of this zone.');
    if ('currency' in changes.after) {
      await refuseWithMoney(trx, 'currency', 'The currency is fixed: amounts were posted in it.');
      await refuseOtherDigits(trx, before.currency, columns.currency);
    }
    await trx
      .updateTable('organisation')
      .set({ ...columns, version: version + 1 })
      .execute();
    if ('timezone' in changes.after) {
      await trx
        .updateTable('session')
        .set({ localDate: sql<string>`(starts_at at time zone ${columns.timezone})::date` })
        .execute();
    }
    await audit(trx, actor, { action: 'organisation.edit', subjectType: 'organisation', subjectId: null, ...changes });
  });
}

async function refuseWithMoney(db: Kysely<DB>, field: string, message: string): Promise<void> {
  if (await hasMoney(db)) throw new DomainError('locked', message, { field });
}

/** 60.00 euros are 6000 cents, and 6000 of a currency without cents would be something else. */
async function refuseOtherDigits(db: Kysely<DB>, from: string, to: string): Promise<void> {
  if (currencyDigits(from) === currencyDigits(to)) return;
  const rate = await db.selectFrom('rate').select('id').limit(1).executeTakeFirst();
  if (rate)
    throw new DomainError('locked', `There are rates in ${from}, and ${to} has other decimals. Remove the rates first.`, {
      field: 'currency',
    });
}
