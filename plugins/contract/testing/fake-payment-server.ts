import type { SavedCardRef } from '../payment.ts';
import type { MeetingFault } from './fake-server.ts';
import type { SignedWebhook } from './signed-webhook.ts';

/** Cards as a payer can have them. `asks`: good at the payment page, refused without the payer. */
export type CardBehaviour = 'good' | 'declined' | 'asks' | 'declined_later';

/** Stands for a gateway: keeps money, cards and states, enforces its provider's rules, and fails on demand. */
export interface FakePaymentServer {
  /** Settings under which the plugin talks to it. */
  settings: Record<string, unknown>;
  /** Values among the settings that must never be seen outside. */
  secrets: readonly string[];
  /** Answers as the provider would. Rejects for an address that the provider doesn't have. */
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** The next call fails so. */
  failNext(fault: MeetingFault): void;
  /** The payer at the page of a checkout: types a card, and confirms where the bank asks. False: the card was declined. */
  pay(checkoutRef: string, card: CardBehaviour): boolean;
  /** The page of a checkout is left for good. */
  expire(checkoutRef: string): void;
  /** A card that was saved earlier, of a customer of its own. */
  savedCard(card: CardBehaviour): SavedCardRef;
  /** How many payments took money so far. */
  taken(): number;
  /** The signed calls of its webhook for everything since the last time, oldest first, as sent at that moment. */
  webhooks(now: Date): SignedWebhook[];
  /** Somebody gives money back at the provider's own page. */
  refundByHand(paymentRef: string): void;
  /** The payer's bank takes the money back, and a dispute about it ends. */
  dispute(paymentRef: string): string;
  closeDispute(disputeRef: string, state: 'won' | 'lost'): void;
}
