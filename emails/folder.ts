import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The templates' folder, found from this module, wherever it runs: from source or from the built bundle. */
export function emailsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const candidate of [folder, join(folder, 'emails')]) {
      if (existsSync(join(candidate, 'partials', 'layout.mjml.hbs'))) return candidate;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The folder of the mail templates (emails/) is missing.');
    folder = parent;
  }
}
