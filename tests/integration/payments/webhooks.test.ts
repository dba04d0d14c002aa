import { afterAll, expect, it } from 'vitest';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { type Deeds, pagesThatCount } from '#tests/fakes/pages.tsx';
import { payingCompany } from './company.ts';

const company = await payingCompany('2026-04-02T09:00:00Z');
const { stripe, ctx, installId } = company;
const deeds: Deeds = { writes: 0 };
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount(deeds) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());

const send = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}, method = 'POST') =>
  fetch(`http://127.0.0.1:${serving.port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' ? { body: body as BodyInit } : {}),
  });

it('a signed event of the gateway is taken from outside, and pays', async () => {
  const family = await company.aFamily();
  const invoiceId = await company.anInvoice(family, 5_000n);
  const { collectionId } = await company.begin({ clientId: family.id, purpose: 'invoice', invoiceId });
  stripe.pay(await company.pageOf(collectionId), 'good');
  const calls = stripe.webhooks(ctx.clock());
  const answers = await Promise.all(
    [...calls, ...calls].map((call) => send(`/hooks/p/${installId}`, call.rawBody, call.headers)),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(await company.openOf(invoiceId)).toBe(0n);
  expect(await company.paymentsOf(family.id)).toHaveLength(1);
});

it('whoever can’t sign changes nothing, and learns nothing of what is here', async () => {
  expect((await send(`/hooks/p/${installId}`, '{"type":"payment_intent.succeeded"}')).status).toBe(400);
  expect((await send(`/hooks/p/${installId}`, '{}', { 'stripe-signature': 't=1,v1=00' })).status).toBe(400);
  expect((await send(`/hooks/p/${crypto.randomUUID()}`, '{}')).status).toBe(404);
  expect((await send(`/hooks/p/${company.organisation.installs['billing-invoicing']}`, '{}')).status).toBe(404);
  expect((await send('/hooks/p/no-id', '{}')).status).toBe(404);
  expect((await send(`/hooks/p/${installId}`, 'x'.repeat(300_000))).status).toBe(413);
  expect((await send(`/hooks/p/${installId}`, '', {}, 'GET')).status).toBe(405);
  expect(deeds.writes).toBe(0);
});
