import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { percentOf } from '#app/domain/billing/money.ts';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';
import { findClientBalance } from '#app/domain/billing/payment-queries.server.ts';
import { getPackage } from '#app/domain/credits/package-queries.server.ts';
import { storedTerms } from '#app/domain/credits/package-terms.ts';
import { DomainError } from '#app/domain/errors.ts';
import { failureOf } from '#app/domain/meetings/provider-failure.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { ReadyPaymentGateway } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { z } from '#plugins/contract/index.ts';
import { findGateway, takesCurrency } from './gateway-install.server.ts';

export interface StartCollection {
  clientId: string;
  /** invoice: what is open of it; package: one that is bought; balance: what the family owes; card: only saves a card. */
  purpose: 'invoice' | 'package' | 'balance' | 'card';
  invoiceId?: string | undefined;
  packageId?: string | undefined;
  /** Of a package for one child alone. */
  studentId?: string | undefined;
  /** The payer has agreed to the consent's text; needed where only a card is saved. */
  saveCard?: boolean;
  /** Paths on our origin that the payer comes back to: `collection` (paid) or `left` (not) is added to their query. */
  back: { success: string; cancel: string };
}

/** A page that was made is led to again, if it is not older; the provider's own live a day. */
const PAGE_LIVES_MS = 12 * 3_600_000;

const checkoutAnswer = z.object({ ref: z.string().min(1).max(500), url: z.url({ protocol: /^https$/ }).max(4_000) });

/**
 * Begins to get money from a family at the gateway's own page. Asked again for the same while that page is open, it leads
 * to the same page, so that a double click pays once.
 * @returns where the payer's browser is to be sent
 * @throws DomainError not_found, unsupported ways as `conflict`, invalid_value (nothing is open; no consent)
 */
export async function startCollection(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: StartCollection,
): Promise<{ collectionId: string; url: string }> {
  const gateway = await findGateway(db, ctx);
  const { currency } = await getOrganisation(db);
  if (!gateway?.gateway.checkout || !takesCurrency(gateway, currency)) {
    throw new DomainError('conflict', 'Paying by card is not possible just now.');
  }
  const saveCard = Boolean(input.saveCard) && gateway.capabilities.savedCards;
  if (input.purpose === 'card' && !saveCard) {
    throw new DomainError('invalid_value', 'Agree to it, so that the card can be kept.', { field: 'saveCard' });
  }
  const started = await inTransaction(db, (trx) => begin(trx, ctx, actor, { ...input, saveCard, currency, gateway }));
  if (started.url) return { collectionId: started.id, url: started.url };
  return { collectionId: started.id, url: await makePage(db, ctx, gateway, started, input) };
}

interface Begun {
  id: string;
  amount: bigint;
  currency: string;
  description: string;
  saveCard: boolean;
  payer: { ref: string; name: string; email: string | null; customerRef: string | null };
  url: string | null;
}

async function begin(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: StartCollection & { saveCard: boolean; currency: string; gateway: ReadyPaymentGateway },
): Promise<Begun> {
  const { gateway, currency, purpose, saveCard } = input;
  const client = await trx
    .selectFrom('client')
    .select(['id', 'ref', 'name', 'email'])
    .where('id', '=', input.clientId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!client) throw new DomainError('not_found', 'This family is not there.');
  const { amount, description, terms = null } = await wanted(trx, input);
  const customerRef = await customerOf(trx, client.id, gateway.install.id);
  const payer = { ref: client.ref, name: client.name, email: client.email, customerRef };
  const common = { amount, currency, description, saveCard, payer };
  const openSince = new Date(ctx.clock().getTime() - PAGE_LIVES_MS);
  const before = await trx
    .selectFrom('collection')
    .select(['id', 'checkoutUrl'])
    .where('clientId', '=', client.id)
    .where('installId', '=', gateway.install.id)
    .where('purpose', '=', purpose)
    .where('way', '=', 'checkout')
    .where('status', '=', 'open')
    .where('amount', '=', amount)
    .where('saveCard', '=', saveCard)
    .where('invoiceId', 'is not distinct from', input.invoiceId ?? null)
    .where('packageId', 'is not distinct from', input.packageId ?? null)
    .where('studentId', 'is not distinct from', input.studentId ?? null)
    .where(sql<boolean>`package_terms IS NOT DISTINCT FROM ${terms}::jsonb`)
    .where('createdAt', '>', openSince)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst();
  if (before) return { id: before.id, url: before.checkoutUrl, ...common };
  const { id } = await trx
    .insertInto('collection')
    .values({
      clientId: client.id,
      installId: gateway.install.id,
      purpose,
      invoiceId: input.invoiceId ?? null,
      packageId: input.packageId ?? null,
      studentId: input.studentId ?? null,
      packageTerms: terms,
      way: 'checkout',
      saveCard,
      amount,
      currency,
      status: 'open',
      startedBy: actor.userId,
      createdAt: ctx.clock(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(trx, actor, {
    action: 'collection.start',
    subjectType: 'client',
    subjectId: client.id,
    after: { collectionId: id, purpose, amount },
  });
  return { id, url: null, ...common };
}

interface Wanted {
  amount: bigint;
  /** What the payer reads it is for. */
  description: string;
  /** Of a package: what it is now, as it is kept. */
  terms?: string;
}

async function wanted(trx: Transaction<DB>, input: StartCollection): Promise<Wanted> {
  if (input.purpose === 'card') return { amount: 0n, description: 'A card for later invoices' };
  if (input.purpose === 'invoice') {
    const { rows } = await sql<{ number: string; open: bigint }>`
      SELECT i.number_text AS number, ${openOf('i')} AS open FROM invoice i
      WHERE i.id = ${input.invoiceId ?? null}::uuid AND i.client_id = ${input.clientId}::uuid`.execute(trx);
    const [invoice] = rows;
    if (!invoice) throw new DomainError('not_found', 'This invoice is not there.');
    if (invoice.open <= 0n) throw new DomainError('already_done', `Nothing is open of ${invoice.number} any more.`);
    return { amount: invoice.open, description: `Invoice ${invoice.number}` };
  }
  if (input.purpose === 'package') {
    const one = input.packageId ? await getPackage(trx, input.packageId) : undefined;
    if (!one || one.archivedAt) throw new DomainError('not_found', 'This package is not on sale.');
    const amount = one.price + percentOf(one.price, one.taxPercent);
    if (amount <= 0n) throw new DomainError('invalid_value', 'This package costs nothing.', { field: 'packageId' });
    return { amount, description: one.name, terms: storedTerms(one) };
  }
  const balance = await findClientBalance(trx, input.clientId);
  if (!balance || balance.owed <= 0n) throw new DomainError('already_done', 'Nothing is owed any more.');
  return { amount: balance.owed, description: 'Open invoices' };
}

async function customerOf(trx: Transaction<DB>, clientId: string, installId: string): Promise<string | null> {
  const card = await trx
    .selectFrom('savedCard')
    .select('customerRef')
    .where('clientId', '=', clientId)
    .where('installId', '=', installId)
    .orderBy('consentedAt', 'desc')
    .executeTakeFirst();
  return card?.customerRef ?? null;
}

async function makePage(
  db: Kysely<DB>,
  ctx: DomainContext,
  ready: ReadyPaymentGateway,
  begun: Begun,
  { back }: StartCollection,
): Promise<string> {
  const { id, url: _url, ...want } = begun;
  const address = (path: string, name: string) => {
    const url = new URL(path, ctx.config.origin);
    url.searchParams.set(name, id);
    return url.href;
  };
  try {
    const answer = await ready.gateway.checkout?.(
      ready.context(`collection:${id}`),
      { collectionId: id, ...want },
      { successUrl: address(back.success, 'collection'), cancelUrl: address(back.cancel, 'left') },
    );
    const { ref, url } = checkoutAnswer.parse(answer);
    await db.updateTable('collection').set({ gatewayRef: ref, checkoutUrl: url }).where('id', '=', id).execute();
    return url;
  } catch (error) {
    const failure = failureOf(error);
    const message = ready.mask(failure.message);
    // Nobody has the address of a page that may have been made: nothing can be paid there.
    await db
      .updateTable('collection')
      .set({ status: 'failed', error: message })
      .where('id', '=', id)
      .where('status', '=', 'open')
      .where('checkoutUrl', 'is', null)
      .execute();
    throw new DomainError('conflict', `${message} Nothing was taken. Try again, or pay in another way.`, { cause: error });
  }
}
