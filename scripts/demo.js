/**
 * `npm run demo`: builds where something has changed, fills the demo company where there is none, and serves it. The data
 * stays in ./data; a second start takes up where the first one ended.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, LECTERN_MODE: 'demo', NODE_ENV: 'production' };
const stamp = path.join(root, '.cache', 'built-from');
const built = path.join(root, 'build', 'server', 'index.js');

const state = stateOf(
  ['app', 'plugins', 'config', 'emails', 'db', 'public'],
  ['package-lock.json', 'vite.config.ts', 'remix.config.js'],
);
if (!existsSync(built) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
  must('tsc', ['-p', 'plugins/contract']);
  must('remix', ['vite:build', '--logLevel', 'error']);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, state);
}
must('node', ['app/cli/main.ts', 'seed', 'demo']);

const server = spawn('node', ['app/server/main.ts'], { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));

/** @param {string} command @param {string[]} args */
function must(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (error) process.stderr.write(`${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * The names, sizes and times of all that the bundle is made from.
 *
 * @param {string[]} folders
 * @param {string[]} files
 */
function stateOf(folders, files) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ file) => {
    const { size, mtimeMs } = statSync(path.join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  for (const folder of folders) {
    const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) if (entry.isFile()) add(path.relative(root, path.join(entry.parentPath, entry.name)));
  }
  for (const file of files) add(file);
  return hash.digest('hex');
}
