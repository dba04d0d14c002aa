import express, { type RequestHandler, Router } from 'express';
import type { AppContext } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { handleMeetingEvents } from '#app/domain/meetings/handle-meeting-events.server.ts';
import { handlePaymentEvents } from '#app/domain/payments/handle-payment-events.server.ts';
import type { MeetingWebhookResult, WebhookRequest } from '#plugins/contract/index.ts';

/** More than any event of a provider. */
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
    const status = error.status ?? 500;
    // Packed in a way that nobody can open, or broken off: whoever sends it is at fault, and nobody here is called for it.
    if (status < 400 || status >= 500) return next(error);
    const said = status === 413 ? 'That is more than an event can be.' : 'This event can’t be read.';
    res.status(status).set('Connection', 'close').type('text/plain').send(`${said}\n`);
  });
  return router;
}

function receive(context: AppContext): RequestHandler {
  return async (req, res, next) => {
    res.type('text/plain').set('Cache-Control', 'no-store');
    try {
      const installId = String(req.params.installId);
      const listener = isId(installId) ? await findListener(context, installId) : undefined;
      if (!listener) {
        res.status(404).send('Nothing listens here.\n');
        return;
      }
      const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
      const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const heard = await listener({ headers, rawBody, now: context.clock() });
      if (!heard.ok) {
        context.log.warn({ installId, reason: heard.message }, 'an event was refused');
        res.status(heard.status).send(`${heard.message}\n`);
        return;
      }
      if (heard.reply) res.status(200).type(heard.reply.contentType).send(heard.reply.body);
      else res.status(200).send('ok\n');
    } catch (error) {
      // Not 2xx: the provider tells it again.
      next(error);
    }
  };
}

type Heard =
  | Extract<MeetingWebhookResult, { ok: false }>
  | { ok: true; reply?: { contentType: string; body: string } | undefined };
type Listener = (request: WebhookRequest) => Promise<Heard>;

/** Disabled ones listen too: what they began they finish. */
async function findListener(context: AppContext, installId: string): Promise<Listener | undefined> {
  const { db, plugins } = context;
  const install = await plugins.findInstall(db, installId);
  // Of a plugin whose code is gone nobody can tell who signed.
  if (!install || install.state === 'orphaned') return undefined;
  if (install.kind === 'payment') {
    const { gateway } = await plugins.paymentGateway(db, installId, { disabledToo: true });
    return async (request) => {
      const result = gateway.webhook(request);
      if (result.ok) await handlePaymentEvents(db, context, { installId, events: result.events });
      return result.ok ? { ok: true } : result;
    };
  }
  if (install.kind !== 'meeting') return undefined;
  const { provider } = await plugins.meetingProvider(db, installId, { disabledToo: true });
  if (!provider.webhook) return undefined;
  return async (request) => {
    const result = provider.webhook?.(request);
    if (!result?.ok) return result ?? { ok: false, status: 404, message: 'Nothing listens here.' };
    await handleMeetingEvents(db, context, { installId, events: result.events });
    return { ok: true, reply: result.reply };
  };
}
