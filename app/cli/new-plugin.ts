import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';
import { writeFiles } from './write-files.ts';

const templates = path.join(import.meta.dirname, 'templates');

/** What stands for the name in a template. */
const words = (name: string) => {
  const parts = name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const camel = parts.join('').charAt(0).toLowerCase() + parts.join('').slice(1);
  return { __name__: name, __Name__: parts.join(' '), __camel__: camel } as const;
};

/**
 * Makes the folder of a meeting provider that works, with a server that stands for its provider, a test that passes, and its line in
 * config/plugins.ts. Returns the files, as paths below `root`. Throws UsageError for another kind, a name that is none or one that is
 * taken, and writes nothing then.
 */
export async function newPlugin(root: string, kind: string, name: string): Promise<string[]> {
  if (kind !== 'meeting') {
    throw new UsageError(`A plugin of the kind "${kind}" is begun from an example: docs/plugins.md names one for each kind.`);
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new UsageError(`"${name}" can’t be a name: lowercase letters and digits, with single dashes between, 40 at most.`);
  }
  if (name.startsWith('meeting-')) throw new UsageError(`Leave the kind out of the name: "${name.slice('meeting-'.length)}".`);
  const folder = `plugins/meeting-${name}`;
  const fake = `tests/fakes/${name}-server.ts`;
  for (const taken of [folder, fake, `plugins/declared/${name}.yaml`]) {
    if (await exists(path.join(root, taken))) throw new UsageError(`The name "${name}" is taken: ${taken} is there already.`);
  }
  const manifest = path.join(root, 'config/plugins.ts');
  const withLine = addLine(await readFile(manifest, 'utf8'), `() => import('#${folder}/index.ts'),`);

  const filled = async (file: string) => {
    const text = await readFile(path.join(templates, kind, `${file}.txt`), 'utf8');
    return Object.entries(words(name)).reduce((done, [mark, word]) => done.replaceAll(mark, word), text);
  };
  await writeFiles(path.join(root, folder), {
    'index.ts': await filled('index.ts'),
    'client.ts': await filled('client.ts'),
    'plugin.test.ts': await filled('plugin.test.ts'),
  });
  await writeFiles(path.join(root, 'tests/fakes'), { [`${name}-server.ts`]: await filled('server.ts') });
  await writeFiles(path.join(root, 'config'), { 'plugins.ts': withLine });
  return [`${folder}/index.ts`, `${folder}/client.ts`, `${folder}/plugin.test.ts`, fake, 'config/plugins.ts'];
}

/** The text of config/plugins.ts with one more meeting provider, the last of its list. */
function addLine(text: string, line: string): string {
  const lines = text.split('\n');
  const opens = lines.findIndex((candidate) => /^\s*meeting:\s*\[\s*$/.test(candidate));
  const closes = lines.findIndex((candidate, index) => index > opens && /^\s*\],?\s*$/.test(candidate));
  if (opens < 0 || closes < 0) {
    throw new UsageError('config/plugins.ts has no list "meeting: [" with a line for each provider, so none can be added.');
  }
  return lines.toSpliced(closes, 0, `    ${line}`).join('\n');
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
