import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNSAFE_flatRoutes as flatRoutes } from '@remix-run/dev';
import { type AppLoadContext, createRequestHandler, type ServerBuild } from '@remix-run/node';
import remixConfig from '../../../remix.config.js';

const appDirectory = fileURLToPath(new URL('../../../app', import.meta.url));

export interface RouteInfo {
  id: string;
  /** From the root, as in `/office/tutors/:id`. */
  path: string;
  index: boolean;
  hasLoader: boolean;
  hasAction: boolean;
  /** Without a page of its own: a file, an image, an answer to a form. */
  isResource: boolean;
}

type Module = Record<string, unknown>;

/** All routes by the same rules as the bundle, with their modules as they are in the source. */
export async function readRoutes() {
  const found = Object.values(flatRoutes(appDirectory, ['**/.*', '**/*.test.{ts,tsx}']));
  const entries = [{ id: 'root', file: 'root.tsx', path: '', index: false, parentId: undefined }, ...found];
  const modules = new Map<string, Module>();
  for (const entry of entries) modules.set(entry.id, await import(/* @vite-ignore */ path.join(appDirectory, entry.file)));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const fullPath = (id: string): string => {
    const entry = byId.get(id);
    if (entry === undefined || id === 'root') return '';
    return `${fullPath(entry.parentId ?? 'root')}${entry.path ? `/${entry.path}` : ''}`;
  };
  const infos: RouteInfo[] = entries.map(({ id, index }) => {
    const module = modules.get(id) ?? {};
    return {
      id,
      path: fullPath(id) || '/',
      index: index === true,
      hasLoader: 'loader' in module,
      hasAction: 'action' in module,
      isResource: id !== 'root' && !('default' in module),
    };
  });
  return { infos, build: buildOf(entries, modules) };
}

function buildOf(
  entries: { id: string; path?: string; index?: boolean | undefined; parentId?: string | undefined }[],
  modules: Map<string, Module>,
): ServerBuild {
  const routes: ServerBuild['routes'] = {};
  for (const { id, path: routePath, index, parentId } of entries) {
    const module = modules.get(id) ?? {};
    routes[id] = {
      id,
      path: routePath,
      index,
      parentId: id === 'root' ? undefined : (parentId ?? 'root'),
      module: { default: undefined, ...module },
    } as unknown as ServerBuild['routes'][string];
  }
  return {
    routes,
    mode: 'production',
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    isSpaMode: false,
    future: { unstable_optimizeDeps: false, ...remixConfig.future } as unknown as ServerBuild['future'],
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: 'test' } as ServerBuild['assets'],
    entry: {
      module: {
        // Who gets in is decided by now; how the page looks is no matter here.
        default: (_request, status, headers) => new Response(null, { status, headers }),
      },
    },
  };
}

export type Ask = (request: Request, context: AppLoadContext) => Promise<Response>;

/** Answers requests as the server does, without rendering; what fails unexpectedly is put into `errors`. */
export function serverOf(build: ServerBuild, errors: unknown[]): Ask {
  const collecting: ServerBuild = {
    ...build,
    entry: {
      module: {
        ...build.entry.module,
        handleError: (error) => {
          errors.push(error);
        },
      },
    },
  };
  return createRequestHandler(collecting, 'production') as Ask;
}
