import type { AppLoadContext } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { consentText } from '#app/domain/payments/consent.ts';
import { payOptions } from '#app/domain/payments/gateway-install.server.ts';
import { findCollectionState } from '#app/domain/payments/queries.server.ts';
import { refreshCollection } from '#app/domain/payments/refresh-collection.server.ts';
import { type StartCollection, startCollection } from '#app/domain/payments/start-collection.server.ts';
import { typed } from '#app/ui/form-answer.ts';
import { refusalOf } from '../money-pages/refusal.server.ts';

export interface PayFacts {
  /** Paying by card is possible. */
  checkout: boolean;
  /** What is agreed to where a card is kept; null where none can be. */
  consent: string | null;
  /** What became of the payment the reader comes back from. */
  outcome: PayOutcome | null;
}

export type PayOutcome = { state: 'paid' | 'saved' | 'waiting' | 'left' } | { state: 'failed'; message: string };

/** What a page needs to offer paying by card. `of` says whose collection may be told of. */
export async function loadPay(
  context: AppLoadContext,
  request: Request,
  of: { clientIds: readonly string[]; invoiceId?: string; mayKeepCard: boolean },
): Promise<PayFacts> {
  const { db } = context;
  const [{ currency, name }, settings, outcome] = await Promise.all([
    getOrganisation(db),
    getMoneySettings(db),
    outcomeOf(context, new URL(request.url).searchParams, of),
  ]);
  const options = await payOptions(db, context, currency);
  const keeps = options.savedCards && of.mayKeepCard;
  return { checkout: options.checkout, consent: keeps ? consentText(name, settings.auto_charge_delay_hours) : null, outcome };
}

async function outcomeOf(
  context: AppLoadContext,
  search: URLSearchParams,
  of: { clientIds: readonly string[]; invoiceId?: string },
): Promise<PayOutcome | null> {
  if (search.has('left')) return { state: 'left' };
  const id = search.get('collection') ?? '';
  if (!isId(id)) return null;
  const find = () => findCollectionState(context.db, id);
  const before = await find();
  if (!before || !of.clientIds.includes(before.clientId)) return null;
  if (of.invoiceId && before.invoiceId !== of.invoiceId) return null;
  // The payer is quicker here than the provider's event: asked for once, and no worse where it can't be.
  if (before.status === 'open') {
    await refreshCollection(context, { collectionId: id }).catch((error: unknown) =>
      context.log.warn({ err: error }, 'not asked'),
    );
  }
  const { status, purpose, error } = (await find()) ?? before;
  if (status === 'succeeded') return { state: purpose === 'card' ? 'saved' : 'paid' };
  if (status === 'failed' || status === 'cancelled') return { state: 'failed', message: error ?? 'The payment was not made.' };
  return { state: 'waiting' };
}

/** Begins a payment for a form, and answers with where to go on, or with why not. */
export async function answerPay(context: AppLoadContext, actor: Actor, form: FormData, want: StartCollection) {
  try {
    const { url } = await startCollection(context.db, context, actor, want);
    return { goTo: url, errors: {}, values: typed(form) };
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw new Response('There is nothing at this address.', { status: 404 });
    return refusalOf(error, form, 'pay');
  }
}
