import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '#config/env.ts';

/** A page that may talk to others than us. */
export interface ConnectPolicy {
  path: RegExp;
  origins: (path: string) => Promise<readonly string[]>;
}

export interface FramePolicy {
  /** A page that others may show within theirs. */
  path: string;
  /** The origins that may; empty: any. Undefined: none. */
  mayFrame: () => Promise<readonly string[] | undefined>;
}

/**
 * Scripts run by nonce alone. Styles may stand inline: Mantine sets its variables by style attributes, which no nonce
 * covers. The referrer policy is not Helmet's `no-referrer`: that makes browsers send native forms with `Origin: null`,
 * which the guard against cross-site writes refuses.
 */
export function securityHeaders(
  config: Pick<Config, 'mode' | 'origin'>,
  frames: readonly FramePolicy[] = [],
  connects: readonly ConnectPolicy[] = [],
): RequestHandler[] {
  const https = config.origin.startsWith('https:');
  const development = config.mode === 'development';
  return [
    async (req, res, next) => {
      res.locals.cspNonce = randomBytes(16).toString('base64');
      // Whoever can't be asked lets nobody: the page itself says what is wrong.
      const frame = frames.find(({ path }) => path === req.path);
      const origins = await frame?.mayFrame().catch(() => undefined);
      const connect = connects.find(({ path }) => path.test(req.path));
      res.locals.connectTo = (await connect?.origins(req.path).catch(() => [])) ?? [];
      res.locals.frameAncestors = origins && (origins.length === 0 ? '*' : ["'self'", ...origins].join(' '));
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", (_req, res) => `'nonce-${(res as Response).locals.cspNonce}'`],
          scriptSrcAttr: ["'none'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'"],
          // Older browsers don't take a socket to the same host for 'self'. In development Vite has a channel of its own.
          connectSrc: [
            "'self'",
            (_req, res) =>
              [development ? 'ws:' : config.origin.replace(/^http/, 'ws'), ...(res as Response).locals.connectTo].join(' '),
          ],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: [(_req, res) => (res as Response).locals.frameAncestors ?? "'none'"],
          ...(https ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      xFrameOptions: { action: 'deny' },
    }),
    (_req, res, next) => {
      // The older header knows no list of origins.
      if (res.locals.frameAncestors) res.removeHeader('X-Frame-Options');
      res.set(
        'Permissions-Policy',
        'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), browsing-topics=()',
      );
      next();
    },
  ];
}
