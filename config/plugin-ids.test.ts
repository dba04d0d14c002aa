import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const kinds = /^(billing|payroll)-/;
const ids = readdirSync(path.join(root, 'plugins')).filter((name) => kinds.test(name));

const files = ['app', 'db', 'config', 'emails'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|sql|hbs|json)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => file !== path.join('config', 'plugins.ts')),
);

describe('billing modes and payroll exports are plugins', () => {
  it('nothing but config/plugins.ts knows one by its id', () => {
    expect(ids.length).toBeGreaterThanOrEqual(3);
    const known = new RegExp(`(?<![a-z-])(${ids.join('|')})(?![a-z-])`);
    const found = files.flatMap((file) =>
      readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => (known.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});
