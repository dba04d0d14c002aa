import type Stripe from 'stripe';
import {
  type Collected,
  definePlugin,
  type EffectContext,
  isPluginError,
  type PaymentGateway,
  type PaymentWant,
  PluginError,
  secret,
  z,
} from '#plugins/contract/index.ts';
import { toStripe } from './amounts.ts';
import { callStripe, refusedCard } from './client.ts';
import { intentOf, ofIntent, ofSession, parse, refusal } from './collected.ts';
import { eventTypes, readWebhook, refundedOf } from './events.ts';

const config = z.object({
  secretKey: secret(
    'Secret key',
    'At Stripe: Developers, API keys. It begins with sk_ or rk_; one with sk_test_ takes no real money.',
  ),
  webhookSecret: secret(
    'Signing secret of the webhook',
    'At Stripe: Developers, Webhooks, your endpoint. It begins with whsec_.',
  ),
});

const checkoutReply = z.object({ id: z.string().startsWith('cs_'), url: z.url({ protocol: /^https$/ }) });
const refundReply = z.object({ id: z.string(), status: z.string().nullable(), failure_reason: z.string().nullish() });

export const plugin = definePlugin({
  kind: 'payment',
  id: 'payment-stripe',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Stripe',
  description:
    'Families pay by card on Stripe’s own page, and can agree to keep a card there from which their invoices are taken. Card numbers never come here. You need an account at Stripe. It is not yet run against a live account: try it with test keys first.',
  config,
  configVersion: 1,
  capabilities: { checkout: true, savedCards: true, refunds: 'partial', currencies: 'any' },
  hosts: ['api.stripe.com'],
  guide: {
    steps: [
      'At Stripe, open Developers, API keys, create a secret key and enter it below. Begin with a test key: it takes no real money.',
      'Open Developers, Webhooks, and add an endpoint (an event destination) with this address: {webhookUrl}',
      `Let it send these events: ${eventTypes.map((type) => `\`${type}\``).join(', ')}.`,
      'Copy the webhook’s signing secret, enter it below and save.',
      'Enable it here, pay an invoice as a family with the test card `4242 4242 4242 4242`, and look at the payment.',
      'Replace both by those of the live account.',
    ],
    unproven:
      'Not yet run against a live account: it is held against a copy of Stripe’s documented rules. An event that gets lost does no harm; what became of a payment is asked after every ten minutes.',
  },
  create: ({ secretKey, webhookSecret }): PaymentGateway => {
    const call = <T>(ctx: EffectContext, work: (stripe: Stripe) => Promise<T>) => callStripe(ctx, secretKey, work);
    return {
      async checkout(ctx, want, back) {
        const reply = await call(ctx, (stripe) =>
          stripe.checkout.sessions.create(checkoutOf(want, back), { idempotencyKey: ctx.idempotencyKey }),
        ).catch(unlessCard);
        const { id, url } = parse(checkoutReply, reply);
        return { ref: id, url };
      },

      async charge(ctx, want, card): Promise<Collected> {
        try {
          const reply = await call(ctx, (stripe) =>
            stripe.paymentIntents.create(
              {
                amount: toStripe(want.amount, want.currency),
                currency: want.currency.toLowerCase(),
                customer: card.customerRef,
                payment_method: card.methodRef,
                allowed_payment_method_types: ['card'],
                off_session: true,
                confirm: true,
                description: want.description,
                metadata: { collection: want.collectionId, way: 'saved_card' },
              },
              { idempotencyKey: ctx.idempotencyKey },
            ),
          );
          return ofIntent(reply);
        } catch (error) {
          const refused = refusedCard(error);
          if (refused) {
            const ref = intentOf(refused);
            return { state: 'failed', ...(ref ? { ref } : {}), ...refusal(refused.code, refused.decline_code) };
          }
          // A card that was taken away at Stripe can't be charged, now or later.
          if (
            isPluginError(error) &&
            (error.providerCode === 'resource_missing' || error.providerCode === 'payment_method_unexpected_state')
          ) {
            return { state: 'failed', message: 'The saved card is no longer there. Another one is needed.', final: true };
          }
          throw error;
        }
      },

      async status(ctx, ref) {
        if (ref.startsWith('cs_')) {
          const expand = ['payment_intent.payment_method', 'setup_intent.payment_method'];
          return ofSession(await call(ctx, (stripe) => stripe.checkout.sessions.retrieve(ref, { expand })));
        }
        return ofIntent(await call(ctx, (stripe) => stripe.paymentIntents.retrieve(ref, { expand: ['payment_method'] })));
      },

      async refund(ctx, want) {
        const params = {
          payment_intent: want.paymentRef,
          amount: toStripe(want.amount, want.currency),
          metadata: { refund: want.refundId },
        };
        const reply = await call(ctx, (stripe) => stripe.refunds.create(params, { idempotencyKey: ctx.idempotencyKey })).catch(
          (error: unknown) => {
            if (isPluginError(error) && error.code === 'rejected') return { refused: error.publicMessage };
            return unlessCard(error);
          },
        );
        if ('refused' in reply) return { state: 'failed', message: String(reply.refused) };
        return refundedOf(parse(refundReply, reply));
      },

      async removeCard(ctx, card) {
        try {
          await call(ctx, (stripe) => stripe.paymentMethods.detach(card.methodRef));
        } catch (error) {
          const gone = isPluginError(error) && (error.code === 'not_found' || error.code === 'rejected');
          if (!gone) throw error;
        }
      },

      webhook: (request) => readWebhook(request, webhookSecret),
    };
  },
});

function checkoutOf(want: PaymentWant, back: { successUrl: string; cancelUrl: string }): Stripe.Checkout.SessionCreateParams {
  const metadata = { collection: want.collectionId };
  const keeps = want.saveCard || want.amount === 0n;
  const { customerRef, email } = want.payer;
  const common = {
    success_url: back.successUrl,
    cancel_url: back.cancelUrl,
    client_reference_id: want.collectionId,
    metadata,
    ...(customerRef ? { customer: customerRef } : { ...(email ? { customer_email: email } : {}) }),
    ...(keeps && !customerRef ? { customer_creation: 'always' as const } : {}),
    ...(keeps ? { allowed_payment_method_types: ['card' as const] } : {}),
  };
  if (want.amount === 0n) return { ...common, mode: 'setup', setup_intent_data: { metadata } };
  return {
    ...common,
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: want.currency.toLowerCase(),
          unit_amount: toStripe(want.amount, want.currency),
          product_data: { name: want.description },
        },
      },
    ],
    payment_intent_data: {
      description: want.description,
      metadata,
      ...(keeps ? { setup_future_usage: 'off_session' as const } : {}),
    },
  };
}

/** Where no card is charged, none can be refused. */
function unlessCard(error: unknown): never {
  if (refusedCard(error)) throw new PluginError('rejected', 'Stripe refuses it.', { cause: error });
  throw error;
}
