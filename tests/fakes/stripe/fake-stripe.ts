import Stripe from 'stripe';
import type { FakePaymentServer, MeetingFault } from '#plugins/contract/testing/index.ts';
import { Books } from './books.ts';
import { act, refund, succeed } from './endpoints.ts';
import { invalid, missing, Refused, readForm } from './rules.ts';

export const secretKey = 'sk_test_canary8f2e11';
export const webhookSecret = 'whsec_canary4b7a90';

/** An account at Stripe: its API with its documented rules, its payment page, its dashboard and its webhook. */
export function fakeStripe(): FakePaymentServer & { books: Books } {
  const books = new Books();
  const answers = new Map<string, { said: string; status: number; body: unknown }>();
  let fault: MeetingFault | undefined;
  let told = 0;

  /** As the API does: who asks, whether it was asked before, and then the thing itself. */
  function answer(url: URL, init: RequestInit): Response {
    const headers = new Headers(init.headers);
    if (headers.get('authorization') !== `Bearer ${secretKey}`) {
      return reply(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_****2e11' } });
    }
    const method = init.method ?? 'GET';
    const said = `${url.pathname} ${typeof init.body === 'string' ? init.body : ''}`;
    const key = method === 'POST' ? headers.get('idempotency-key') : null;
    const before = key ? answers.get(key) : undefined;
    if (before && before.said !== said) {
      const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
      return reply(400, { error: { type: 'idempotency_error', message } });
    }
    if (before) return reply(before.status, before.body, { 'idempotent-replayed': 'true' });
    let status = 200;
    let body: unknown;
    try {
      const params = readForm(method === 'POST' ? String(init.body ?? '') : url.searchParams.toString());
      body = structuredClone(act(books, method, url.pathname, params));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      status = error.status;
      body = { error: error.body };
    }
    if (key) answers.set(key, { said, status, body });
    return reply(status, body);
  }

  const session = (ref: string) => {
    const one = books.sessions.get(ref);
    if (!one) throw missing('checkout.session', ref);
    if (one.status !== 'open') throw invalid('This checkout is over.');
    return one;
  };

  return {
    books,
    settings: { secretKey, webhookSecret },
    secrets: [secretKey, webhookSecret],
    failNext: (next) => {
      fault = next;
    },

    async fetch(url, init) {
      if (url.host !== 'api.stripe.com') throw new Error(`unexpected call of ${url}`);
      const now = fault;
      fault = undefined;
      if (now === 'unauthorised') return reply(401, { error: { message: `Expired API Key provided: ${secretKey}` } });
      if (now === 'rate_limited')
        return reply(429, { error: { code: 'rate_limit', message: 'Too many' } }, { 'retry-after': '20' });
      if (now === 'unavailable') return new Response('<html>bad gateway</html>', { status: 502 });
      if (now === 'malformed') return reply(200, { surprise: true });
      const response = answer(url, init);
      if (now === 'reply_lost') throw new TypeError('fetch failed');
      return response;
    },

    pay(ref, kind) {
      const one = session(ref);
      const method = books.card(kind);
      const intent = books.intents.get(one.payment_intent ?? '');
      const setup = books.setups.get(one.setup_intent ?? '');
      if (kind === 'declined') {
        if (intent) {
          intent.last_payment_error = { code: 'card_declined', decline_code: 'generic_decline' };
          books.tell('payment_intent.payment_failed', intent);
        }
        return false;
      }
      const keeps = setup !== undefined || intent?.setup_future_usage === 'off_session';
      if (!one.customer && one.customer_creation === 'always') one.customer = books.customer();
      if (keeps) method.customer = one.customer;
      if (setup) Object.assign(setup, { status: 'succeeded', payment_method: method.id });
      if (intent) {
        Object.assign(intent, { customer: one.customer, payment_method: method.id });
        succeed(books, intent);
        one.payment_status = 'paid';
      }
      Object.assign(one, { status: 'complete', url: null });
      books.tell('checkout.session.completed', one);
      return true;
    },

    expire(ref) {
      Object.assign(session(ref), { status: 'expired', url: null });
      books.tell('checkout.session.expired', books.sessions.get(ref) ?? {});
    },

    savedCard(kind) {
      const method = books.card(kind);
      method.customer = books.customer();
      return { customerRef: method.customer, methodRef: method.id };
    },

    taken: () => [...books.intents.values()].filter((intent) => intent.status === 'succeeded').length,

    webhooks(now) {
      const events = books.events.slice(told);
      told = books.events.length;
      return events.map((event) => {
        const payload = JSON.stringify({ ...event, created: Math.floor(now.getTime() / 1_000) }, null, 2);
        const timestamp = Math.floor(now.getTime() / 1_000);
        const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
        return { headers: { 'stripe-signature': header }, rawBody: new TextEncoder().encode(payload) };
      });
    },

    refundByHand(paymentRef) {
      refund(books, paymentRef, null, {});
    },

    dispute(paymentRef) {
      const intent = books.intents.get(paymentRef);
      if (intent?.status !== 'succeeded') throw missing('payment_intent', paymentRef);
      const { amount, currency } = intent;
      const id = books.id('dp');
      books.disputes.set(id, { id, object: 'dispute', amount, currency, payment_intent: paymentRef, status: 'needs_response' });
      books.tell('charge.dispute.created', books.disputes.get(id) ?? {});
      return id;
    },

    closeDispute(disputeRef, status) {
      const dispute = books.disputes.get(disputeRef);
      if (!dispute) throw missing('dispute', disputeRef);
      dispute.status = status;
      books.tell('charge.dispute.closed', dispute);
    },
  };
}

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { 'request-id': 'req_1', ...headers } });
