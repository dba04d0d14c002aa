import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * Where a program is, or undefined.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function findCommand(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this one
    }
  }
  return undefined;
}
