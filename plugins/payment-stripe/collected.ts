import type Stripe from 'stripe';
import { type CardFact, type Collected, PluginError, z } from '#plugins/contract/index.ts';
import { fromStripe } from './amounts.ts';

const paymentMethod = z.object({
  id: z.string(),
  customer: z.string().nullable(),
  card: z
    .object({ brand: z.string(), last4: z.string(), exp_month: z.number().nullable(), exp_year: z.number().nullable() })
    .optional(),
});

const intent = z.object({
  id: z.string().startsWith('pi_'),
  status: z.string(),
  amount_received: z.number().int().default(0),
  currency: z.string(),
  customer: z.string().nullish(),
  payment_method: z.union([z.string(), paymentMethod]).nullish(),
  setup_future_usage: z.string().nullish(),
  last_payment_error: z.object({ code: z.string().optional(), decline_code: z.string().optional() }).nullish(),
});

const setupIntent = z.object({
  id: z.string(),
  status: z.string(),
  payment_method: z.union([z.string(), paymentMethod]).nullish(),
});

const session = z.object({
  id: z.string().startsWith('cs_'),
  mode: z.enum(['payment', 'setup']),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  customer: z.string().nullish(),
  payment_intent: z.union([z.string(), intent]).nullish(),
  setup_intent: z.union([z.string(), setupIntent]).nullish(),
});

/** What became of a checkout, asked for with its payment or set-up, and their card, expanded. */
export function ofSession(reply: unknown): Collected {
  const one = parse(session, reply);
  const ref = one.id;
  if (one.status === 'expired')
    return { state: 'failed', ref, message: 'The payment page was left without paying.', final: true };
  if (one.status === 'open') return { state: 'pending', ref };
  if (one.mode === 'setup') {
    const setup = one.setup_intent;
    if (!setup || typeof setup === 'string') throw violation();
    const card = cardOf(setup.payment_method);
    if (setup.status !== 'succeeded' || !card) return { state: 'pending', ref };
    return { state: 'succeeded', ref, paymentRef: setup.id, amount: 0n, currency: '', card };
  }
  const paid = one.payment_intent;
  if (!paid || typeof paid === 'string') throw violation();
  const outcome = ofIntent(paid);
  return outcome.state === 'failed' ? { state: 'pending', ref } : { ...outcome, ref };
}

/** What became of a payment. */
export function ofIntent(reply: unknown): Collected {
  const one = parse(intent, reply);
  const ref = one.id;
  if (one.status === 'succeeded') {
    const card = one.setup_future_usage === 'off_session' ? cardOf(one.payment_method) : undefined;
    const currency = one.currency.toUpperCase();
    const amount = fromStripe(one.amount_received, currency);
    return { state: 'succeeded', ref, paymentRef: one.id, amount, currency, ...(card ? { card } : {}) };
  }
  if (one.status === 'canceled') return { state: 'failed', ref, message: 'The payment was cancelled at Stripe.', final: true };
  const error = one.last_payment_error;
  if (one.status === 'requires_payment_method' && error)
    return { state: 'failed', ref, ...refusal(error.code, error.decline_code) };
  return { state: 'pending', ref };
}

/** Why a card was refused, for the payer and the office. */
export function refusal(code: string | undefined, declineCode: string | undefined): { message: string; final: boolean } {
  switch (declineCode ?? code) {
    case 'authentication_required':
      return {
        message: 'The bank wants the card’s holder to confirm this payment. It has to be paid on the payment page.',
        final: true,
      };
    case 'insufficient_funds':
      return { message: 'The card was declined: there is not enough money on it.', final: false };
    case 'expired_card':
      return { message: 'The card has expired. A new one is needed.', final: true };
    case 'lost_card':
    case 'stolen_card':
    case 'pickup_card':
    case 'invalid_account':
      return { message: 'The bank no longer honours this card. Another one is needed.', final: true };
    case 'processing_error':
      return { message: 'The bank could not work on the payment just now.', final: false };
    default:
      return { message: 'The bank declined the card.', final: false };
  }
}

function cardOf(method: z.output<typeof paymentMethod> | string | null | undefined): CardFact | undefined {
  if (!method || typeof method === 'string' || !method.card || !method.customer) return undefined;
  const { brand, last4, exp_month, exp_year } = method.card;
  return { customerRef: method.customer, methodRef: method.id, brand, last4, expiresMonth: exp_month, expiresYear: exp_year };
}

export function parse<T extends z.ZodType>(schema: T, reply: unknown): z.output<T> {
  const parsed = schema.safeParse(reply);
  if (!parsed.success) throw violation(parsed.error);
  return parsed.data;
}

const violation = (cause?: unknown) =>
  new PluginError('contract_violation', 'Stripe sent something that can’t be understood.', cause === undefined ? {} : { cause });

/** The payment in a refused card's error. */
export const intentOf = (error: Stripe.errors.StripeCardError): string | undefined => error.payment_intent?.id;
