import express, { Router } from 'express';
import type { AppContext } from '#app/context.ts';
import { readIncoming } from '#app/domain/conversations/incoming/read-incoming.ts';
import { receiveIncoming } from '#app/domain/conversations/incoming/receive-incoming.server.ts';
import { isMailHook } from '#app/domain/messages/mail-hook.server.ts';

/** A mail with what hangs on it, which is passed over. */
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * `POST /hooks/mail/:token`: a mail service hands in answers to messages, and tells of mails that came back. It comes from the
 * service's servers, so it stands before the guard against other sites' writes; what proves it is the secret in the address.
 * Nobody without it sends a body that is read.
 */
export function mailHook(context: AppContext): Router {
  const { db, log } = context;
  const router = Router();
  router.use('/hooks/mail/:token', (_req, res, next) => {
    res.type('text/plain').set('Cache-Control', 'no-store');
    next();
  });
  router.post('/hooks/mail/:token', async (req, res, next) => {
    try {
      if (await isMailHook(db, String(req.params.token))) return next();
      return res.status(404).set('Connection', 'close').send('Nothing listens here.\n');
    } catch (error) {
      return next(error);
    }
  });
  router.post('/hooks/mail/:token', express.raw({ type: () => true, limit: MOST_BYTES }), async (req, res, next) => {
    try {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const incoming = await readIncoming(req.get('content-type') ?? '', body);
      if (!incoming) return res.status(400).send('This can’t be read: see docs/incoming-mail.md.\n');
      const received: string[] = [];
      for (const one of incoming) received.push(await receiveIncoming(db, context, one));
      log.info({ received }, 'mail came in');
      return res.status(200).send(`${received.join('\n')}\n`);
    } catch (error) {
      // Not 2xx: the service hands it in again.
      return next(error);
    }
  });
  router.all('/hooks/mail/:token', (_req, res) => {
    res.status(405).set('Allow', 'POST').send('Mail is handed in here with POST.\n');
  });
  return router;
}
