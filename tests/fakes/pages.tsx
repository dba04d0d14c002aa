import type { ServerBuild } from '@remix-run/node';
import { Outlet } from '@remix-run/react';
import handleRequest, { handleDataRequest, handleError } from '#app/entry.server.tsx';
import type { Pages } from '#app/server/create-app.ts';

/** What the pages below have done, for a test to see. */
export interface Deeds {
  writes: number;
}

/**
 * A small application in the place of the built one, with the real entry: a page with a form, a resource that can be
 * written to, and a page that breaks.
 */
export function pagesThatCount(deeds: Deeds): Pages {
  const write = async () => {
    deeds.writes += 1;
    return { written: true };
  };
  const routes = {
    root: route('root', '', undefined, { default: Html, ErrorBoundary: Broken }),
    form: route('form', 'form', 'root', { default: Empty, action: write, loader: async () => ({ read: true }) }),
    resource: route('resource', 'resource', 'root', { action: async () => Response.json(await write()) }),
    breaks: route('breaks', 'breaks', 'root', {
      default: Empty,
      loader: async () => {
        throw new Error('the password of the database is hunter2');
      },
    }),
  };
  const build = {
    entry: { module: { default: handleRequest, handleDataRequest, handleError } },
    routes,
    assets: {
      entry: { imports: [], module: '/assets/entry.js' },
      routes: manifestOf(routes),
      url: '/assets/manifest.js',
      version: '1',
    },
    future: {
      v3_fetcherPersist: true,
      v3_lazyRouteDiscovery: true,
      v3_relativeSplatPath: true,
      v3_routeConfig: true,
      v3_singleFetch: true,
      v3_throwAbortReason: true,
      unstable_optimizeDeps: false,
    },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    isSpaMode: false,
    mode: 'production',
  };
  return { build: build as unknown as ServerBuild };
}

function route(id: string, path: string, parentId: string | undefined, module: object) {
  return { id, path, parentId, module };
}

function manifestOf(routes: Record<string, ReturnType<typeof route>>) {
  const entries = Object.values(routes).map(({ module, ...entry }) => [
    entry.id,
    {
      ...entry,
      module: `/assets/${entry.id}.js`,
      imports: [],
      hasAction: 'action' in module,
      hasLoader: 'loader' in module,
      hasErrorBoundary: 'ErrorBoundary' in module,
    },
  ]);
  return Object.fromEntries(entries);
}

function Html() {
  return (
    <html lang="en">
      <body>
        <Outlet />
      </body>
    </html>
  );
}

function Broken() {
  return <p>broken</p>;
}

function Empty() {
  return <p>nothing to see</p>;
}
