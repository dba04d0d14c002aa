import type { CardBehaviour } from '#plugins/contract/testing/index.ts';

export interface Method {
  id: string;
  object: 'payment_method';
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number };
}

export interface Intent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  currency: string;
  customer: string | null;
  payment_method: string | null;
  status: 'requires_payment_method' | 'succeeded' | 'canceled';
  setup_future_usage: string | null;
  last_payment_error: { code: string; decline_code?: string } | null;
  metadata: Record<string, string>;
}

export interface Setup {
  id: string;
  object: 'setup_intent';
  status: 'requires_payment_method' | 'succeeded';
  payment_method: string | null;
  metadata: Record<string, string>;
}

export interface Session {
  id: string;
  object: 'checkout.session';
  mode: 'payment' | 'setup';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  url: string | null;
  success_url: string;
  cancel_url: string;
  customer: string | null;
  customer_creation: string | null;
  amount_total: number | null;
  currency: string | null;
  payment_intent: string | null;
  setup_intent: string | null;
  metadata: Record<string, string>;
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  payment_intent: string;
  status: 'succeeded';
  metadata: Record<string, string>;
}

export interface Dispute {
  id: string;
  object: 'dispute';
  amount: number;
  currency: string;
  payment_intent: string;
  status: 'needs_response' | 'won' | 'lost';
}

export interface Event {
  id: string;
  object: 'event';
  type: string;
  created: number;
  data: { object: unknown };
}

/** Everything the account holds. */
export class Books {
  readonly customers = new Set<string>();
  readonly methods = new Map<string, Method>();
  /** How each card behaves; Stripe's own test cards. */
  readonly behaviours = new Map<string, CardBehaviour>();
  readonly intents = new Map<string, Intent>();
  readonly setups = new Map<string, Setup>();
  readonly sessions = new Map<string, Session>();
  readonly refunds = new Map<string, Refund>();
  readonly disputes = new Map<string, Dispute>();
  readonly events: Event[] = [];
  #made = 0;

  id(prefix: string): string {
    this.#made += 1;
    return `${prefix}_test_${String(this.#made).padStart(6, '0')}`;
  }

  /** The event holds the object as it was at that moment. */
  tell(type: string, object: object): void {
    this.events.push({ id: this.id('evt'), object: 'event', type, created: 0, data: { object: structuredClone(object) } });
  }

  card(behaviour: CardBehaviour): Method {
    const last4 = { good: '4242', declined: '0002', asks: '3155', declined_later: '0341' }[behaviour];
    const card = { brand: 'visa', last4, exp_month: 12, exp_year: 2034 };
    const method: Method = { id: this.id('pm'), object: 'payment_method', customer: null, card };
    this.methods.set(method.id, method);
    this.behaviours.set(method.id, behaviour);
    return method;
  }

  customer(): string {
    const id = this.id('cus');
    this.customers.add(id);
    return id;
  }
}
