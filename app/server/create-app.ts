import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { AppLoadContext, ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import type { AppContext } from '#app/context.ts';
import { MOST_MEGABYTES } from '#app/domain/files/file-types.ts';
import { isId } from '#app/domain/is-id.ts';
import { findRoomOrigin } from '#app/domain/meetings/readiness-queries.server.ts';
import { findFormOrigins } from '#app/domain/public-forms/form-queries.server.ts';
import { findEmbedOrigins } from '#app/domain/storefront/embed-origins.server.ts';
import { healthz, readyz } from './health.ts';
import { mailHook } from './mail-hook.ts';
import { oneClickUnsubscribe } from './one-click-unsubscribe.ts';
import { pluginHooks } from './plugin-hooks.ts';
import { requestId } from './request-id.ts';
import { securityHeaders } from './security-headers.ts';
import { isWithFiles, takesFiles } from './uploads.ts';
import { isApi, writeGuard } from './write-guard.ts';

export interface Pages {
  /** The bundle, or what makes it afresh in development. */
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Serves the browser's modules in development. */
  development?: RequestHandler;
}

export interface AppOptions {
  context: AppContext;
  pages: Pages;
  isStopping?: () => boolean;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export function createApp({ context, pages, isStopping = () => false }: AppOptions): Express {
  const { config } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.get('/healthz', healthz);
  app.use(requestId, logRequests(context));
  app.get('/readyz', readyz(context, isStopping));
  app.use(
    securityHeaders(
      config,
      [
        { path: '/book/embed', mayFrame: () => findEmbedOrigins(context.db) },
        { path: '/enquire/embed', mayFrame: () => findFormOrigins(context.db, 'enquiry') },
        { path: '/apply/embed', mayFrame: () => findFormOrigins(context.db, 'application') },
      ],
      // The check before a session looks whether its room can be reached.
      [{ path: /^\/sessions\/[^/]+\/ready$/, origins: (path) => roomOrigins(context, path.split('/')[2]) }],
    ),
  );
  app.use(mailHook(context));
  app.use(pluginHooks(context));
  app.use(oneClickUnsubscribe(context));
  app.use(writeGuard(config));
  app.use(readableAddress);
  app.use(formsOnly, boundedForms);
  app.use(compression());
  app.use(pages.development ?? builtFiles());
  app.use('/excalidraw/fonts', whiteboardFonts());
  app.use(express.static(path.join(root, 'public'), { ...files, setHeaders: forOtherPages }));
  app.all('*', remix(context, pages));
  app.use(lastResort(context));
  return app;
}

async function roomOrigins({ db }: AppContext, sessionId: string | undefined): Promise<string[]> {
  const origin = isId(sessionId) ? await findRoomOrigin(db, sessionId) : undefined;
  return origin ? [origin] : [];
}

/** An address no browser makes: broken escapes, or the character that no text in the database can hold. */
const readableAddress: RequestHandler = (req, res, next) => {
  let address = '\0';
  try {
    address = decodeURIComponent(req.url.replaceAll('+', ' '));
  } catch {
    // Broken escapes are unreadable too.
  }
  if (!address.includes('\0')) return next();
  res.status(400).type('text/plain').send('This address can’t be read. Check how it is written.\n');
};

/** Every write is a form as browsers send it, with files where a page takes them; another body would break the page. */
const formsOnly: RequestHandler = (req, res, next) => {
  const isRead = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
  // Calls of programs bring JSON, and are told there what is wrong with it.
  const type = req.get('content-type') ?? '';
  if (isRead || isApi(req.path) || /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return next();
  if (takesFiles(req.path) && isWithFiles(type)) return next();
  res.status(415).type('text/plain').send('Only forms are taken here, as application/x-www-form-urlencoded.\n');
};

/** More than the largest file of holidays. A form is read into memory whole, before anybody knows who sends it. */
const MOST_FORM_BYTES = 4 * 1024 * 1024;

/** The largest file, and a form's text beside it. */
const MOST_UPLOAD_BYTES = MOST_MEGABYTES * 1_000_000 + MOST_FORM_BYTES / 4;

const boundedForms: RequestHandler = (req, res, next) => {
  // Calls of programs are read with a bound of their own, and told of it in their way.
  if (isApi(req.path)) return next();
  const length = Number(req.get('content-length') ?? 0);
  const unsaid = req.get('transfer-encoding') !== undefined;
  const most = isWithFiles(req.get('content-type') ?? '') ? MOST_UPLOAD_BYTES : MOST_FORM_BYTES;
  if (!unsaid && length <= most) return next();
  // What is on its way is not waited for.
  res
    .set('Connection', 'close')
    .status(unsaid ? 411 : 413)
    .type('text/plain');
  res.send(unsaid ? 'Say how long the form is (Content-Length).\n' : 'That is more than any form here takes.\n');
};

// A folder's name is a page's too: `/book`.
const files = { maxAge: '1h', redirect: false } as const;

/** The whiteboard asks for its fonts by name; they come from us, so that nobody else learns who draws when. */
function whiteboardFonts(): RequestHandler[] {
  const fonts = path.join(root, 'node_modules/@excalidraw/excalidraw/dist/prod/fonts');
  return [
    express.static(fonts, { immutable: true, maxAge: '1y', redirect: false }),
    (_req, res) => {
      res.status(404).type('text/plain').send('There is no such font.\n');
    },
  ];
}

/** Names with a hash in them never change their content. */
function builtFiles(): RequestHandler {
  const client = path.join(root, 'build/client');
  const router = express.Router();
  router.use('/assets', express.static(path.join(client, 'assets'), { immutable: true, maxAge: '1y' }));
  router.use('/assets', (_req, res) => {
    res.status(404).type('text/plain').send('There is no such file.\n');
  });
  router.use(express.static(client, { ...files, setHeaders: forOtherPages }));
  return router;
}

/**
 * The snippet of the booking page is a script of other people's pages; nothing else is. And a browser asks each time whether
 * there is another service worker, or an old one would outlive what it was made for.
 */
function forOtherPages(res: Response, file: string): void {
  if (file.endsWith(`${path.sep}sw.js`)) res.set('Cache-Control', 'no-cache');
  if (file.endsWith(path.join('book', 'embed.js'))) res.set('Cross-Origin-Resource-Policy', 'cross-origin');
}

function remix(context: AppContext, { build }: Pages): RequestHandler {
  return createRequestHandler({
    build,
    mode: context.config.mode === 'development' ? 'development' : 'production',
    getLoadContext: (req, res): AppLoadContext => ({
      ...context,
      log: context.log.child({ requestId: res.locals.requestId }),
      requestId: res.locals.requestId,
      cspNonce: res.locals.cspNonce,
      clientIp: req.ip ?? '',
    }),
  });
}

function logRequests({ log }: AppContext): RequestHandler {
  return (req, res, next) => {
    const start = performance.now();
    res.on('close', () => {
      const level = res.statusCode >= 500 ? 'error' : 'info';
      log[level](
        {
          requestId: res.locals.requestId,
          method: req.method,
          // Without the query: it can hold a token, and whoever was searched for.
          path: hideTokens(req.path),
          status: res.statusCode,
          ms: Math.round(performance.now() - start),
          ...(res.writableFinished ? {} : { gone: true }),
        },
        'request',
      );
    });
    next();
  };
}

const hideTokens = (path: string) =>
  path.replace(/^\/(invite|reset|calendar|pay|join|mails|hooks\/mail)\/[^/]+/i, '/$1/[cut out]');

function lastResort({ log }: AppContext): ErrorRequestHandler {
  return (error, _req, res, _next) => {
    const status = Number(error?.status);
    // Too much, or packed and written so that nobody can read it: whoever sends it is at fault, and nobody here is called for it.
    if (status >= 400 && status < 500 && !res.headersSent) {
      const said = status === 413 ? 'That is more than is taken here.' : 'This can’t be read. Check how it is written.';
      res.status(status).set('Connection', 'close').type('text/plain').send(`${said}\n`);
      return;
    }
    log.error({ err: error, requestId: res.locals.requestId }, 'request failed outside of a page');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    res.status(500).type('text/plain').send(`Something went wrong. Its number: ${res.locals.requestId}\n`);
  };
}
