import express, { Router } from 'express';
import type { AppContext } from '#app/context.ts';
import { savePreferences } from '#app/domain/messages/save-preferences.server.ts';
import { readMailToken } from '#app/domain/messages/unsubscribe-link.server.ts';
import { mayWrite } from './write-guard.ts';

/** `List-Unsubscribe=One-Click`, and perhaps a little of a mail program's own. */
const MOST_BYTES = 8 * 1024;

/**
 * `POST /mails/:token` by a mail program (RFC 8058): the reader pressed its "unsubscribe". It comes from the program's servers,
 * without a page of ours and without anybody signed in, so it stands before the guard against other sites' writes; what
 * proves it is the signed link. It takes away the one kind of mail and does nothing else. Our own page's form goes on to
 * its route.
 */
export function oneClickUnsubscribe({ config, db, log }: AppContext): Router {
  const router = Router();
  const body = express.text({ type: () => true, limit: MOST_BYTES });
  router.post('/mails/:token', (req, res, next) => {
    if (mayWrite(req.get('sec-fetch-site'), req.get('origin'), config.origin)) return next('router');
    res.type('text/plain').set('Cache-Control', 'no-store');
    return next();
  });
  router.post('/mails/:token', body, async (req, res, next) => {
    try {
      const link = readMailToken(config, String(req.params.token));
      if (!link) return res.status(404).send('Nothing can be declined here.\n');
      if (!isOneClick(String(req.body ?? ''))) return res.status(400).send('Only List-Unsubscribe=One-Click is taken here.\n');
      const actor = { userId: null, kind: 'guest' as const, requestId: res.locals.requestId as string };
      const said = { [link.kind]: { wanted: false } };
      await savePreferences(db, actor, { address: link.address, said, via: 'link' });
      log.info({ kind: link.kind }, 'mails were declined at one click');
      return res.status(200).send('No more of these mails are sent to you.\n');
    } catch (error) {
      return next(error);
    }
  });
  return router;
}

/** As a form of either kind. */
const isOneClick = (body: string) =>
  /(^|&)List-Unsubscribe=One-Click(&|$)/m.test(body) || /name="?List-Unsubscribe"?\s*\r?\n\r?\n\s*One-Click\b/.test(body);
