import Stripe from 'stripe';
import { type PaymentEvent, type Refunded, type WebhookRequest, type WebhookResult, z } from '#plugins/contract/index.ts';
import { fromStripe } from './amounts.ts';
import { ofIntent } from './collected.ts';

const TOLERANCE_SECONDS = 300;

/** What Stripe has to send, as its own settings call it. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
  'payment_method.detached',
] as const;

const metadata = z.record(z.string(), z.string()).nullish();
const event = z.object({ id: z.string(), type: z.string(), data: z.object({ object: z.record(z.string(), z.unknown()) }) });
const sessionObject = z.object({
  id: z.string(),
  mode: z.string(),
  payment_status: z.string(),
  amount_total: z.number().int().nullish(),
  currency: z.string().nullish(),
  payment_intent: z.string().nullish(),
  metadata,
});
const refundObject = z.object({
  id: z.string(),
  status: z.string().nullable(),
  amount: z.number().int(),
  currency: z.string(),
  payment_intent: z.string().nullish(),
  failure_reason: z.string().nullish(),
  metadata,
});
const disputeObject = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.number().int(),
  currency: z.string(),
  payment_intent: z.string().nullish(),
});

/** Verifies Stripe's signature over the bytes as they came, and says what they tell. */
export function readWebhook(request: WebhookRequest, secret: string): WebhookResult {
  const signature = request.headers['stripe-signature'];
  if (!signature) return { ok: false, status: 400, message: 'There is no Stripe-Signature.' };
  let verified: unknown;
  try {
    const body = Buffer.from(request.rawBody);
    verified = Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, request.now.getTime());
  } catch {
    return { ok: false, status: 400, message: 'The signature does not fit, or is too old.' };
  }
  const parsed = event.safeParse(verified);
  if (!parsed.success) return { ok: false, status: 400, message: 'This is no event of Stripe.' };
  return { ok: true, events: [{ key: parsed.data.id, type: parsed.data.type, ...factOf(parsed.data) }] };
}

type Fact = PaymentEvent extends infer E ? (E extends PaymentEvent ? Omit<E, 'key' | 'type'> : never) : never;

const ignored: Fact = { fact: 'ignored' };

function factOf({ type, data: { object } }: z.output<typeof event>): Fact {
  if (type.startsWith('checkout.session.')) return ofSessionEvent(type, object);
  if (type === 'payment_intent.succeeded' || type === 'payment_intent.payment_failed') return ofIntentEvent(type, object);
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return ofRefundEvent(object);
  if (type === 'charge.dispute.created' || type === 'charge.dispute.closed') return ofDisputeEvent(object);
  if (type === 'payment_method.detached' && typeof object.id === 'string') return { fact: 'card_removed', methodRef: object.id };
  return ignored;
}

function ofSessionEvent(type: string, object: unknown): Fact {
  const parsed = sessionObject.safeParse(object);
  if (!parsed.success) return ignored;
  const { id: ref, payment_intent, amount_total, currency, mode, payment_status } = parsed.data;
  const collectionId = parsed.data.metadata?.collection ?? null;
  if (type === 'checkout.session.expired') return { fact: 'expired', ref, collectionId };
  if (type === 'checkout.session.async_payment_failed') {
    const message = 'The bank did not carry the payment out.';
    return { fact: 'collected', ref, collectionId, result: { state: 'failed', ref, message, final: true } };
  }
  // A saved card's brand and number are not in the event: asking for the checkout brings them.
  const paid = mode === 'payment' && payment_status === 'paid' && payment_intent && currency;
  if (!paid) return { fact: 'collected', ref, collectionId, result: { state: 'pending', ref } };
  const amount = fromStripe(amount_total ?? 0, currency);
  const result = { state: 'succeeded', ref, paymentRef: payment_intent, amount, currency: currency.toUpperCase() } as const;
  return { fact: 'collected', ref, collectionId, result };
}

function ofIntentEvent(type: string, object: Record<string, unknown>): Fact {
  const own = metadata.safeParse(object.metadata).data;
  const collectionId = own?.collection ?? null;
  if (typeof object.id !== 'string' || !collectionId) return ignored;
  // On the payment page the payer simply tries another card.
  if (type === 'payment_intent.payment_failed' && own?.way !== 'saved_card') return ignored;
  try {
    const { card: _withoutCard, ...result } = { card: undefined, ...ofIntent(object) };
    return { fact: 'collected', ref: object.id, collectionId, result };
  } catch {
    return ignored;
  }
}

function ofRefundEvent(object: unknown): Fact {
  const parsed = refundObject.safeParse(object);
  if (!parsed.success || !parsed.data.payment_intent) return ignored;
  const { payment_intent, amount, currency, metadata: own } = parsed.data;
  return {
    fact: 'refunded',
    paymentRef: payment_intent,
    refundId: own?.refund ?? null,
    amount: fromStripe(amount, currency),
    currency: currency.toUpperCase(),
    result: refundedOf(parsed.data),
  };
}

/** What became of a refund. */
export function refundedOf(refund: { id: string; status: string | null; failure_reason?: string | null | undefined }): Refunded {
  const ref = refund.id;
  if (refund.status === 'succeeded') return { state: 'succeeded', ref };
  if (refund.status === 'failed' || refund.status === 'canceled') {
    return { state: 'failed', ref, message: 'The bank did not take the refund. Give the money back in another way.' };
  }
  return { state: 'pending', ref };
}

function ofDisputeEvent(object: unknown): Fact {
  const parsed = disputeObject.safeParse(object);
  if (!parsed.success || !parsed.data.payment_intent) return ignored;
  const { id, status, amount, currency, payment_intent } = parsed.data;
  // An early warning takes no money.
  if (status.startsWith('warning_')) return ignored;
  const state = status === 'won' ? 'won' : status === 'lost' ? 'lost' : 'open';
  return {
    fact: 'disputed',
    paymentRef: payment_intent,
    disputeRef: id,
    amount: fromStripe(amount, currency),
    currency: currency.toUpperCase(),
    state,
  };
}
