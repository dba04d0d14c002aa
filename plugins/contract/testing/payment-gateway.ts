import { describe, expect, test } from 'vitest';
import type { PaymentPlugin } from '../define-plugin.ts';
import { isPluginError, type PluginError } from '../errors.ts';
import type { CardFact, Collected, PaymentEvent, PaymentWant } from '../payment.ts';
import { attempt, now } from './attempt.ts';
import { testDefinition } from './definition.ts';
import type { FakePaymentServer } from './fake-payment-server.ts';
import type { MeetingFault } from './fake-server.ts';
import type { SignedWebhook } from './signed-webhook.ts';

export type { CardBehaviour, FakePaymentServer } from './fake-payment-server.ts';

const back = { successUrl: 'https://lectern.example/paid', cancelUrl: 'https://lectern.example/left' };
const payer = { ref: 'C001', name: 'Łucja "Žižek", & Co', email: 'lucja@example.org', customerRef: null };

/**
 * What the core relies on from every payment gateway, against a fake of its provider that keeps the provider's rules:
 * exact amounts, one payment however often it is asked for, refusals as answers, events that can be trusted and told apart.
 */
export function testPaymentGateway(plugin: PaymentPlugin, server: FakePaymentServer): void {
  describe(`${plugin.id} as a payment gateway`, () => {
    testDefinition(plugin, server.settings);
    const gateway = plugin.create(plugin.config.parse(server.settings));
    const { capabilities } = plugin;
    let made = 0;

    const fresh = (over: Partial<PaymentWant> = {}): PaymentWant => {
      made += 1;
      const collectionId = `0190b000-0000-7000-8000-${String(made).padStart(12, '0')}`;
      const want = { collectionId, amount: 12_345n, currency: 'EUR', description: 'Invoice INV-00012', payer, saveCard: false };
      return { ...want, ...over };
    };
    const contextOf = (want: PaymentWant, what = 'collect') => attempt(plugin, server, `${what}:${want.collectionId}`).context;
    const read = (call: SignedWebhook, at = now) => gateway.webhook({ ...call, now: at });
    const told = (): PaymentEvent[] =>
      server.webhooks(now).flatMap((call) => {
        const result = read(call);
        if (!result.ok) throw new Error(`a signed event was refused: ${result.message}`);
        return [...result.events];
      });

    if (capabilities.checkout) {
      const checkout = (want: PaymentWant) => {
        if (!gateway.checkout) throw new Error('it says that it has a payment page');
        return gateway.checkout(contextOf(want), want, back);
      };
      const paid = async (want: PaymentWant): Promise<Extract<Collected, { state: 'succeeded' }>> => {
        const { ref } = await checkout(want);
        server.pay(ref, 'good');
        const result = await gateway.status(contextOf(want), ref);
        if (result.state !== 'succeeded') throw new Error(`paid, and it says ${result.state}`);
        return result;
      };

      test('leads to one page however often it is asked, and takes nothing before the payer does', async () => {
        const want = fresh();
        const before = server.taken();
        const first = await checkout(want);
        expect(await checkout(want)).toEqual(first);
        expect(new URL(first.url).protocol).toBe('https:');
        expect(await gateway.status(contextOf(want), first.ref)).toMatchObject({ state: 'pending' });
        expect(server.pay(first.ref, 'declined')).toBe(false);
        expect(await gateway.status(contextOf(want), first.ref)).toMatchObject({ state: 'pending' });
        expect(server.taken()).toBe(before);
      });

      test.each([
        ['EUR', 12_345n],
        ['JPY', 12_345n],
        ['KWD', 12_340n],
        ['ISK', 4_500n],
      ])('takes exactly what was wanted, in %s', async (currency, amount) => {
        const { currencies } = capabilities;
        if (currencies !== 'any' && !currencies.includes(currency)) return;
        expect(await paid(fresh({ currency, amount }))).toMatchObject({ amount, currency });
      });

      test('an abandoned page is an end, not a success', async () => {
        const want = fresh();
        const { ref } = await checkout(want);
        server.expire(ref);
        expect(await gateway.status(contextOf(want), ref)).toMatchObject({ state: 'failed', final: true });
        expect(told()).toContainEqual(expect.objectContaining({ fact: 'expired', ref, collectionId: want.collectionId }));
      });

      test('its events name our collection and the payment, each by a key that stays', async () => {
        told();
        const want = fresh();
        const result = await paid(want);
        const calls = server.webhooks(now);
        const read1 = calls.map((call) => read(call));
        expect(calls.map((call) => read(call))).toEqual(read1);
        const events = read1.flatMap((one) => (one.ok ? [...one.events] : []));
        expect(new Set(events.map((event) => event.key)).size).toBe(events.length);
        const collected = events.flatMap((event) => (event.fact === 'collected' ? [event] : []));
        const successes = collected.flatMap((event) => (event.result.state === 'succeeded' ? [event] : []));
        expect(successes.length).toBeGreaterThan(0);
        for (const event of successes) {
          expect(event.collectionId).toBe(want.collectionId);
          expect(event.result).toMatchObject({ paymentRef: result.paymentRef, amount: want.amount, currency: want.currency });
        }
      });

      test('an event with a wrong signature, a changed body or an old date is refused, and rubbish never throws', async () => {
        await paid(fresh());
        const [call] = server.webhooks(now);
        if (!call) throw new Error('nothing was told');
        const changed = Uint8Array.from(call.rawBody);
        changed[changed.length - 2] = 0x20;
        const text = new TextEncoder();
        for (const wrong of [
          { headers: call.headers, rawBody: changed },
          { headers: {}, rawBody: call.rawBody },
          { headers: Object.fromEntries(Object.keys(call.headers).map((name) => [name, 'no'])), rawBody: call.rawBody },
          { headers: call.headers, rawBody: text.encode('{') },
          { headers: call.headers, rawBody: new Uint8Array() },
        ]) {
          expect(read(wrong)).toMatchObject({ ok: false });
        }
        expect(read(call, new Date(now.getTime() + 10 * 60_000))).toMatchObject({ ok: false });
      });

      if (capabilities.refunds !== 'none') {
        test('gives money back once however often it is asked, and never more than was paid', async () => {
          const want = fresh({ amount: 10_000n });
          const { paymentRef } = await paid(want);
          const refund = (refundId: string, amount: bigint) =>
            gateway.refund?.(attempt(plugin, server, `refund:${refundId}`).context, {
              refundId,
              paymentRef,
              amount,
              currency: want.currency,
              reason: 'Lesson fell out',
            });
          const part = capabilities.refunds === 'partial' ? 4_000n : 10_000n;
          const first = await refund('r1', part);
          expect(first?.state).not.toBe('failed');
          expect(await refund('r1', part)).toEqual(first);
          expect(await refund('r2', 10_000n)).toMatchObject({ state: 'failed' });
          const facts = told().flatMap((event) => (event.fact === 'refunded' && event.paymentRef === paymentRef ? [event] : []));
          expect(facts.length).toBeGreaterThan(0);
          for (const fact of facts) expect(fact).toMatchObject({ refundId: 'r1', amount: part, currency: want.currency });
        });
      }

      test('says what others do with a payment: a refund by hand, a dispute and its end', async () => {
        const { paymentRef } = await paid(fresh());
        const other = await paid(fresh());
        told();
        server.refundByHand(paymentRef);
        const disputeRef = server.dispute(other.paymentRef);
        server.closeDispute(disputeRef, 'won');
        const events = told();
        expect(events).toContainEqual(expect.objectContaining({ fact: 'refunded', paymentRef, refundId: null }));
        for (const state of ['open', 'won']) {
          const dispute = { fact: 'disputed', paymentRef: other.paymentRef, disputeRef, state, amount: 12_345n };
          expect(events).toContainEqual(expect.objectContaining(dispute));
        }
      });

      if (capabilities.savedCards) {
        const cardFrom = async (want: PaymentWant): Promise<CardFact> => {
          const { card } = await paid(want);
          if (!card) throw new Error('no card was saved');
          return card;
        };

        test('keeps a card the payer agreed to, with or without paying, and none otherwise', async () => {
          expect((await paid(fresh())).card).toBeUndefined();
          for (const want of [fresh({ saveCard: true }), fresh({ amount: 0n, saveCard: true })]) {
            const card = await cardFrom(want);
            expect(card.last4).toMatch(/^\d{4}$/);
            expect(card.customerRef).toBeTruthy();
            expect(card.methodRef).toBeTruthy();
          }
        });

        test('a second card of a family goes to the same customer', async () => {
          const first = await cardFrom(fresh({ saveCard: true }));
          const again = fresh({ saveCard: true, payer: { ...payer, customerRef: first.customerRef } });
          expect((await cardFrom(again)).customerRef).toBe(first.customerRef);
        });
      }

      describe('when its provider fails', () => {
        const failWith = async (fault: MeetingFault): Promise<{ error: PluginError; logged: string[] }> => {
          const want = fresh();
          const { context, logged } = attempt(plugin, server, `collect:${want.collectionId}`);
          server.failNext(fault);
          const error = await gateway.checkout?.(context, want, back).catch((e: unknown) => e);
          if (!isPluginError(error)) throw new Error(`${fault} must come out as a PluginError`, { cause: error });
          return { error, logged };
        };

        test.each([
          ['unauthorised', ['auth_expired']],
          ['rate_limited', ['rate_limited', 'quota_exhausted']],
          ['unavailable', ['unavailable']],
          ['malformed', ['contract_violation']],
          ['reply_lost', ['outcome_unknown']],
        ] as const)('%s comes out as what it is', async (fault, codes) => {
          const { error } = await failWith(fault);
          expect(codes).toContain(error.code);
          if (fault === 'rate_limited') expect(error.retryAt).toBeInstanceOf(Date);
        });

        test('shows no secret in errors or in the log, whatever happens', async () => {
          for (const fault of ['unauthorised', 'rate_limited', 'unavailable', 'malformed', 'reply_lost'] as const) {
            const { error, logged } = await failWith(fault);
            const said = [error.message, error.publicMessage, JSON.stringify(error), ...logged].join('\n');
            for (const secret of server.secrets) expect(said).not.toContain(secret);
          }
        });
      });
    }

    if (capabilities.savedCards) {
      const charge = (want: PaymentWant, card: { customerRef: string; methodRef: string }) => {
        if (!gateway.charge) throw new Error('it says that it keeps cards');
        return gateway.charge(contextOf(want), want, card);
      };

      test('takes money from a saved card once, also when the reply is lost', async () => {
        const want = fresh();
        const card = server.savedCard('good');
        const before = server.taken();
        server.failNext('reply_lost');
        const lost = await charge(want, card).catch((error: unknown) => error);
        expect(isPluginError(lost) && lost.code).toBe('outcome_unknown');
        const result = await charge(want, card);
        expect(result).toMatchObject({ state: 'succeeded', amount: want.amount, currency: want.currency });
        expect(await charge(want, card)).toEqual(result);
        expect(server.taken()).toBe(before + 1);
      });

      test.each(['declined_later', 'asks'] as const)(
        'a card that is %s without its holder is an answer, and takes nothing',
        async (kind) => {
          const before = server.taken();
          const result = await charge(fresh(), server.savedCard(kind));
          expect(result.state).toBe('failed');
          if (result.state === 'failed') expect(result.message.trim()).toMatch(/[.]$/);
          expect(server.taken()).toBe(before);
        },
      );

      test('a card of one family is never charged for another', async () => {
        const [mine, other] = [server.savedCard('good'), server.savedCard('good')];
        const before = server.taken();
        const wrong = await charge(fresh(), { customerRef: mine.customerRef, methodRef: other.methodRef }).catch(
          (e: unknown) => e,
        );
        if (!isPluginError(wrong)) expect(wrong).toMatchObject({ state: 'failed' });
        expect(server.taken()).toBe(before);
      });

      test('forgets a card, twice without complaint, and can’t charge it any more', async () => {
        const card = server.savedCard('good');
        const context = () => attempt(plugin, server, `remove:${card.methodRef}`).context;
        await gateway.removeCard?.(context(), card);
        await gateway.removeCard?.(context(), card);
        expect(await charge(fresh(), card)).toMatchObject({ state: 'failed', final: true });
      });
    }
  });
}
