import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';

declare module 'express-serve-static-core' {
  interface Locals {
    requestId: string;
    cspNonce: string;
  }
}

/** Every answer and every log line of a request carries the same number; one that a proxy made is kept if it is harmless. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  const id = given && /^[\w-]{8,64}$/.test(given) ? given : randomBytes(9).toString('base64url');
  res.locals.requestId = id;
  res.set('X-Request-Id', id);
  next();
};
