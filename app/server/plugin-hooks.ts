import express, { type RequestHandler, Router } from 'express';
import type { AppContext } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { handlePaymentEvents } from '#app/domain/payments/handle-payment-events.server.ts';
import type { ReadyPaymentGateway } from '#app/plugin-host/types.ts';

/** More than any event of a payment provider. */
const MOST_BYTES = 256 * 1024;

/**
 * `POST /hooks/p/:installId`: a provider tells an install what happened. It comes from the provider's servers, so it stands
 * before the guard against other sites' writes: what proves it is the signature over the body, byte by byte. Whoever can't
 * sign learns nothing but that.
 */
export function pluginHooks(context: AppContext): Router {
  const router = Router();
  router.post('/hooks/p/:installId', express.raw({ type: () => true, limit: MOST_BYTES }), receive(context));
  router.all('/hooks/p/:installId', (_req, res) => {
    res.status(405).set('Allow', 'POST').type('text/plain').send('Events are sent here with POST.\n');
  });
  router.use('/hooks', (error: { status?: number }, _req: express.Request, res: express.Response, next: express.NextFunction) => {
    if (error.status !== 413) return next(error);
    res.status(413).set('Connection', 'close').type('text/plain').send('That is more than an event can be.\n');
  });
  return router;
}

function receive(context: AppContext): RequestHandler {
  return async (req, res, next) => {
    res.type('text/plain').set('Cache-Control', 'no-store');
    try {
      const installId = String(req.params.installId);
      const ready = isId(installId) ? await findReady(context, installId) : undefined;
      if (!ready) {
        res.status(404).send('Nothing listens here.\n');
        return;
      }
      const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
      const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const result = ready.gateway.webhook({ headers, rawBody, now: context.clock() });
      if (!result.ok) {
        context.log.warn({ installId, reason: result.message }, 'an event was refused');
        res.status(result.status).send(`${result.message}\n`);
        return;
      }
      await handlePaymentEvents(context.db, context, { installId, events: result.events });
      res.status(200).send('ok\n');
    } catch (error) {
      // Not 2xx: the provider tells it again.
      next(error);
    }
  };
}

/** Disabled ones listen too: what they began they finish. */
async function findReady(context: AppContext, installId: string): Promise<ReadyPaymentGateway | undefined> {
  const install = await context.plugins.findInstall(context.db, installId);
  if (install?.kind !== 'payment') return undefined;
  return context.plugins.paymentGateway(context.db, installId, { disabledToo: true });
}
