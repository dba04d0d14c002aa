import type { Books, Intent, Refund, Session, Setup } from './books.ts';
import { checkAmount, invalid, known, missing, type Params, paramsOf, Refused, textOf, textsOf } from './rules.ts';

/** What the API does with a call that is authenticated and new. */
export function act(books: Books, method: string, path: string, params: Params): unknown {
  const at = (pattern: RegExp) => pattern.exec(path)?.[1];
  if (method === 'POST' && path === '/v1/checkout/sessions') return createSession(books, params);
  if (method === 'POST' && path === '/v1/payment_intents') return createIntent(books, params);
  if (method === 'POST' && path === '/v1/refunds') return createRefund(books, params);
  const session = at(/^\/v1\/checkout\/sessions\/([^/]+)$/);
  if (method === 'GET' && session) return showSession(books, session, params);
  const intent = at(/^\/v1\/payment_intents\/([^/]+)$/);
  if (method === 'GET' && intent)
    return showIntent(books, intent, Object.values(textsOf(params.expand)).includes('payment_method'));
  const detached = at(/^\/v1\/payment_methods\/([^/]+)\/detach$/);
  if (method === 'POST' && detached) return detach(books, detached);
  throw new Error(`unexpected request: ${method} ${path}`);
}

function createSession(books: Books, params: Params): Session {
  known(params, [
    ...['success_url', 'cancel_url', 'client_reference_id', 'metadata', 'customer', 'customer_email', 'customer_creation'],
    ...['allowed_payment_method_types', 'mode', 'line_items', 'payment_intent_data', 'setup_intent_data'],
  ]);
  const mode = textOf(params.mode);
  if (mode !== 'payment' && mode !== 'setup') throw invalid('Invalid mode', 'parameter_invalid', 'mode');
  const customer = textOf(params.customer);
  if (customer && !books.customers.has(customer)) throw missing('customer', customer);
  if (customer && (params.customer_email || params.customer_creation)) {
    throw invalid('You may only specify one of these parameters: customer, customer_creation, customer_email.');
  }
  for (const url of [params.success_url, params.cancel_url]) {
    if (!URL.canParse(textOf(url) ?? '')) throw invalid('Not a valid URL', 'url_invalid');
  }
  const session: Session = {
    id: books.id('cs'),
    object: 'checkout.session',
    mode,
    status: 'open',
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    url: null,
    success_url: textOf(params.success_url) ?? '',
    cancel_url: textOf(params.cancel_url) ?? '',
    customer,
    customer_creation: textOf(params.customer_creation),
    amount_total: null,
    currency: null,
    payment_intent: null,
    setup_intent: null,
    metadata: textsOf(params.metadata),
  };
  session.url = `https://checkout.stripe.com/c/pay/${session.id}`;
  if (mode === 'payment') addPayment(books, session, params);
  else addSetup(books, session, params);
  books.sessions.set(session.id, session);
  return session;
}

function addPayment(books: Books, session: Session, params: Params): void {
  if (params.setup_intent_data) throw invalid('You can not pass `setup_intent_data` in `payment` mode.');
  const item = paramsOf(paramsOf(params.line_items)['0']);
  const price = paramsOf(item.price_data);
  const name = textOf(paramsOf(price.product_data).name);
  if (!name || textOf(item.quantity) !== '1')
    throw invalid('Missing required param: line_items', 'parameter_missing', 'line_items');
  const { amount, currency } = checkAmount(price.unit_amount, price.currency);
  const own = paramsOf(params.payment_intent_data);
  known(own, ['description', 'metadata', 'setup_future_usage']);
  const intent = newIntent(books, { amount, currency, metadata: textsOf(own.metadata) });
  intent.setup_future_usage = textOf(own.setup_future_usage);
  Object.assign(session, { amount_total: amount, currency, payment_intent: intent.id });
}

function addSetup(books: Books, session: Session, params: Params): void {
  if (params.line_items || params.payment_intent_data) throw invalid('You can not pass `line_items` in `setup` mode.');
  if (!params.allowed_payment_method_types) throw invalid('Missing required param: currency', 'parameter_missing', 'currency');
  const metadata = textsOf(paramsOf(params.setup_intent_data).metadata);
  const setup: Setup = {
    id: books.id('seti'),
    object: 'setup_intent',
    status: 'requires_payment_method',
    payment_method: null,
    metadata,
  };
  books.setups.set(setup.id, setup);
  session.setup_intent = setup.id;
}

function newIntent(books: Books, of: Pick<Intent, 'amount' | 'currency' | 'metadata'>): Intent {
  const intent: Intent = {
    id: books.id('pi'),
    object: 'payment_intent',
    amount_received: 0,
    customer: null,
    payment_method: null,
    status: 'requires_payment_method',
    setup_future_usage: null,
    last_payment_error: null,
    ...of,
  };
  books.intents.set(intent.id, intent);
  return intent;
}

function createIntent(books: Books, params: Params): Intent {
  known(params, [
    ...['amount', 'currency', 'customer', 'payment_method', 'allowed_payment_method_types', 'off_session', 'confirm'],
    ...['description', 'metadata'],
  ]);
  const { amount, currency } = checkAmount(params.amount, params.currency);
  const customer = textOf(params.customer) ?? '';
  if (!books.customers.has(customer)) throw missing('customer', customer);
  const method = books.methods.get(textOf(params.payment_method) ?? '');
  if (!method) throw missing('PaymentMethod', textOf(params.payment_method) ?? '');
  if (method.customer !== customer) {
    const message = method.customer
      ? 'The payment method does not belong to the customer.'
      : 'The payment method was detached from a Customer and may not be used again.';
    throw invalid(message, method.customer ? undefined : 'payment_method_unexpected_state');
  }
  if (params.off_session && params.confirm !== 'true') throw invalid('You can only set `off_session` when `confirm` is true.');
  const intent = newIntent(books, { amount, currency, metadata: textsOf(params.metadata) });
  Object.assign(intent, { customer, payment_method: method.id });
  const behaviour = books.behaviours.get(method.id);
  if (behaviour === 'good') {
    succeed(books, intent);
    return intent;
  }
  const decline = behaviour === 'asks' ? 'authentication_required' : 'insufficient_funds';
  const code = behaviour === 'asks' ? 'authentication_required' : 'card_declined';
  intent.last_payment_error = { code, decline_code: decline };
  books.tell('payment_intent.payment_failed', intent);
  throw new Refused(402, {
    type: 'card_error',
    code,
    decline_code: decline,
    message: 'Your card was declined.',
    payment_intent: structuredClone(intent),
  });
}

export function succeed(books: Books, intent: Intent): void {
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, last_payment_error: null });
  books.tell('payment_intent.succeeded', intent);
  books.tell('charge.succeeded', { id: books.id('ch'), object: 'charge', payment_intent: intent.id, amount: intent.amount });
}

function createRefund(books: Books, params: Params): Refund {
  known(params, ['payment_intent', 'amount', 'metadata']);
  return refund(books, textOf(params.payment_intent) ?? '', textOf(params.amount), textsOf(params.metadata));
}

/** Back to the card it came from, at most what is left of the charge. */
export function refund(books: Books, paymentRef: string, amount: string | null, metadata: Record<string, string>): Refund {
  const intent = books.intents.get(paymentRef);
  if (!intent) throw missing('payment_intent', paymentRef);
  if (intent.status !== 'succeeded') throw invalid('This PaymentIntent does not have a successful charge to refund.');
  const back = [...books.refunds.values()]
    .filter((one) => one.payment_intent === paymentRef)
    .reduce((sum, one) => sum + one.amount, 0);
  const left = intent.amount_received - back;
  const value = amount === null ? left : Number(amount);
  if (left === 0) throw invalid('Charge has already been refunded.', 'charge_already_refunded');
  if (!Number.isInteger(value) || value < 1 || value > left)
    throw invalid('Refund amount is greater than unrefunded amount on charge.');
  const { currency } = intent;
  const made: Refund = {
    id: books.id('re'),
    object: 'refund',
    amount: value,
    currency,
    payment_intent: paymentRef,
    status: 'succeeded',
    metadata,
  };
  books.refunds.set(made.id, made);
  books.tell('refund.created', made);
  books.tell('charge.refunded', { id: books.id('ch'), object: 'charge', payment_intent: paymentRef });
  return made;
}

function showSession(books: Books, id: string, params: Params): unknown {
  const session = books.sessions.get(id);
  if (!session) throw missing('checkout.session', id);
  const expand = Object.values(textsOf(params.expand));
  const setup = session.setup_intent ? books.setups.get(session.setup_intent) : undefined;
  return {
    ...session,
    payment_intent:
      session.payment_intent && expand.includes('payment_intent.payment_method')
        ? showIntent(books, session.payment_intent, true)
        : session.payment_intent,
    setup_intent:
      setup && expand.includes('setup_intent.payment_method')
        ? { ...setup, payment_method: books.methods.get(setup.payment_method ?? '') ?? null }
        : session.setup_intent,
  };
}

function showIntent(books: Books, id: string, expanded: boolean): unknown {
  const intent = books.intents.get(id);
  if (!intent) throw missing('payment_intent', id);
  return expanded ? { ...intent, payment_method: books.methods.get(intent.payment_method ?? '') ?? null } : intent;
}

function detach(books: Books, id: string): unknown {
  const method = books.methods.get(id);
  if (!method) throw missing('PaymentMethod', id);
  if (!method.customer)
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  method.customer = null;
  books.tell('payment_method.detached', method);
  return method;
}
