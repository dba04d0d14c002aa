import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ServerBuild } from '@remix-run/node';
import type { BenchLine } from './line.ts';

const client = fileURLToPath(new URL('../../build/client', import.meta.url));
const server = new URL('../../build/server/index.js', import.meta.url);

/** A portal's page has 190 KB; the classroom adds the line to its server, the call and Yjs. */
const BUDGET_KB = 230;

/**
 * What a browser loads for the classroom before the whiteboard is shown, and that no other page loads the whiteboard before
 * somebody looks at one.
 */
export async function benchClassroom(): Promise<BenchLine[]> {
  const { assets } = (await import(server.href)) as ServerBuild;
  const filesOf = (id: string): Set<string> => {
    const files = new Set([assets.entry.module, ...assets.entry.imports]);
    for (let route = assets.routes[id]; route; route = route.parentId ? assets.routes[route.parentId] : undefined) {
      for (const file of [route.module, ...(route.imports ?? [])]) files.add(file);
    }
    return files;
  };
  const page = filesOf('routes/classroom.$id');
  const chunks = readdirSync(`${client}/assets`).filter((file) => file.endsWith('.js'));
  const board = withImports(chunks.find((file) => isBoard(`/assets/${file}`)) ?? '');
  const boardAlone = [...board].filter((file) => !page.has(file));
  const others = Object.keys(assets.routes).filter((id) => id !== 'routes/classroom.$id' && [...filesOf(id)].some(isBoard));
  const kilobytes = sizeOf(page);
  return [
    {
      what: 'The classroom’s page: what a browser loads before the whiteboard is shown (JavaScript, gzip)',
      ours: `${kilobytes.toFixed(0)} KB`,
      against: `a budget of ${BUDGET_KB} KB`,
      ratio: kilobytes / BUDGET_KB,
      promise: 'at most 1',
      note: `The whiteboard itself: ${sizeOf(new Set(boardAlone)).toFixed(0)} KB more, when it is first shown. Other pages that load it at once: ${others.join(', ') || 'none'}.`,
    },
  ];
}

const contentOf = (file: string) => readFileSync(`${client}/${file.replace(/^\//, '')}`);

const sizeOf = (files: Set<string>) => [...files].reduce((sum, file) => sum + gzipSync(contentOf(file)).byteLength, 0) / 1_000;

/** The whiteboard, with the library it is made with: known by a class of its own. */
const isBoard = (file: string) => contentOf(file).includes('excalidraw-container');

/** A chunk and all that it imports at once. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  const file = `/assets/${name}`;
  if (name === '' || seen.has(file)) return seen;
  seen.add(file);
  for (const [, imported = ''] of contentOf(file)
    .toString()
    .matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g))
    withImports(imported, seen);
  return seen;
}
