import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DescriptionSource } from './load-descriptions.ts';

const folder = fileURLToPath(new URL('../../../plugins/declared/', import.meta.url));

/** The descriptions that come with this installation: `plugins/declared/*.yaml`. */
export function readDescriptionFiles(): DescriptionSource[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({
      id: `meeting-${name.slice(0, -'.yaml'.length)}`,
      where: `plugins/declared/${name}`,
      source: readFileSync(path.join(folder, name), 'utf8'),
    }));
}
