/** What a provider has to send, as its own settings call it. */
export const GATEWAY_EVENTS: Readonly<Record<string, readonly string[]>> = {
  'payment-stripe': [
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
  ],
};
