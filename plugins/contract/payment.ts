import type { EffectContext } from './effect-context.ts';
import type { WebhookRequest } from './webhook.ts';

/** What a gateway can do, as data: pages hide what is not there. */
export interface PaymentCapabilities {
  /** The payer pays at the gateway's own page. */
  checkout: boolean;
  /** A card can be kept at the gateway, with consent, and charged without the payer. */
  savedCards: boolean;
  refunds: 'none' | 'whole' | 'partial';
  /** ISO 4217 codes, or any. */
  currencies: 'any' | readonly string[];
}

/** A card kept at the gateway; only the gateway knows its number. */
export interface SavedCardRef {
  customerRef: string;
  methodRef: string;
}

/** A saved card as a person knows it again. */
export interface CardFact extends SavedCardRef {
  brand: string;
  last4: string;
  expiresMonth: number | null;
  expiresYear: number | null;
}

/** One attempt to get money. */
export interface PaymentWant {
  /** Ours, the same for every attempt at this collection; comes back in events. */
  collectionId: string;
  /** Minor units of `currency` (ISO 4217); 0 only where a card is saved and nothing is taken. */
  amount: bigint;
  currency: string;
  /** "Invoice INV-00012": what the payer reads on the gateway's page and statement. */
  description: string;
  payer: { ref: string; name: string; email: string | null; customerRef: string | null };
  /** The payer has agreed to the card being kept. */
  saveCard: boolean;
}

export interface Checkout {
  /** The gateway's id of the attempt. */
  ref: string;
  /** Where the payer's browser is sent. */
  url: string;
}

export type Collected =
  | { state: 'succeeded'; ref: string; paymentRef: string; amount: bigint; currency: string; card?: CardFact }
  /** Not decided yet: an event will tell, or asking again. */
  | { state: 'pending'; ref: string }
  /** `message` is for the payer and the office: what to do. `final`: this attempt can't succeed any more. */
  | { state: 'failed'; ref?: string; message: string; final: boolean };

export interface RefundWant {
  /** Ours, the same for every attempt at this refund. */
  refundId: string;
  paymentRef: string;
  /** Minor units. */
  amount: bigint;
  currency: string;
  reason: string;
}

export type Refunded =
  | { state: 'succeeded'; ref: string }
  | { state: 'pending'; ref: string }
  | { state: 'failed'; ref?: string; message: string };

/** What the gateway says happened. `key` is the same whenever the same event comes again; the order is never relied on. */
export type PaymentEvent = { key: string; type: string } & (
  | { fact: 'collected'; ref: string; collectionId: string | null; result: Collected }
  | { fact: 'expired'; ref: string; collectionId: string | null }
  /** `refundId` is ours where we asked for it, null for one made at the gateway by hand. */
  | { fact: 'refunded'; paymentRef: string; refundId: string | null; amount: bigint; currency: string; result: Refunded }
  /** Money taken back by the payer's bank; a dispute that is won gives it back. */
  | { fact: 'disputed'; paymentRef: string; disputeRef: string; amount: bigint; currency: string; state: 'open' | 'won' | 'lost' }
  | { fact: 'card_removed'; methodRef: string }
  /** Nothing to do about it. */
  | { fact: 'ignored' }
);

export type WebhookResult =
  | { ok: true; events: readonly PaymentEvent[] }
  /** Not by the gateway, too old, or unreadable: answered with this status, and nothing is done. */
  | { ok: false; status: 400 | 401; message: string };

/**
 * An effect plugin that gets money from families. It runs from the job queue, or at a payer's click, never inside a
 * transaction; `ctx.idempotencyKey` makes a repeated attempt the same attempt.
 */
export interface PaymentGateway {
  /** A page of the gateway for this payment. */
  checkout?(ctx: EffectContext, want: PaymentWant, back: { successUrl: string; cancelUrl: string }): Promise<Checkout>;
  /** Takes the money from a saved card, without the payer. A refused card is an answer (`failed`), not an error. */
  charge?(ctx: EffectContext, want: PaymentWant, card: SavedCardRef): Promise<Collected>;
  /** What became of an attempt: asked when no event came. */
  status(ctx: EffectContext, ref: string): Promise<Collected>;
  refund?(ctx: EffectContext, want: RefundWant): Promise<Refunded>;
  /** Forgets a card. One that is gone already is a success. */
  removeCard?(ctx: EffectContext, card: SavedCardRef): Promise<void>;
  /** Pure but for `request.now`: verifies the signature over the raw body and parses. Never throws. */
  webhook(request: WebhookRequest): WebhookResult;
}
