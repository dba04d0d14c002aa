/**
 * `npm test`: everything that says whether this tree is good, cheapest first, up to the first that says no. The last line
 * counts: every check is one, every test is one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}.cache/results`;
const vitestResults = `${results}/vitest.json`;
const browserResults = `${results}/browser.json`;
const sources = ['app', 'plugins', 'db', 'emails', 'config'];

/** @typedef {{ name: string, command: string, args: string[], env?: Record<string, string>, count?: () => Count, when?: () => string | undefined }} Step */
/** @typedef {{ passed: number, failed: number }} Count */

/** One after the other; of a group as many beside each other as there are processors, each told of when it is done. */
/** @type {(Step | Step[])[]} */
const steps = [
  { name: 'database types', command: 'node', args: ['db/generate-types.ts', '--check'] },
  // First, since what is checked next imports it as a plugin from npm would.
  { name: 'plugin contract', command: 'tsc', args: ['-p', 'plugins/contract'] },
  [
    { name: 'build', command: 'npm', args: ['run', 'build', '--silent'] },
    { name: 'types', command: 'tsc', args: [] },
    { name: 'style', command: 'biome', args: ['ci', '.', ...(process.stdout.isTTY ? [] : ['--colors=off'])] },
    { name: 'boundaries', command: 'depcruise', args: [...sources, '--output-type', 'err-long'] },
    { name: 'dead code', command: 'knip', args: ['--no-progress'] },
  ],
  {
    name: 'unit and integration tests',
    command: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestResults}`],
    count: countVitest,
  },
  {
    name: 'browser tests',
    command: 'playwright',
    args: ['test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserResults },
    count: countBrowser,
    when: () => (findBrowser() ? undefined : 'there is no browser on this machine'),
  },
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0 };
for (const step of steps) {
  const good = Array.isArray(step) ? await takeBeside(step) : await take(step, 'inherit');
  if (!good) break;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);

/** @param {Step[]} group @returns {Promise<boolean>} */
async function takeBeside(group) {
  const waiting = [...group];
  const good = await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      let all = true;
      for (let step = waiting.shift(); step; step = waiting.shift()) all = (await take(step, 'pipe')) && all;
      return all;
    }),
  );
  return good.every(Boolean);
}

/** @param {Step} step @param {'inherit' | 'pipe'} output @returns {Promise<boolean>} */
async function take(step, output) {
  const reason = step.when?.();
  if (reason) {
    line(`${step.name}: not run, ${reason}`);
    return true;
  }
  if (output === 'inherit') line(step.name);
  const start = Date.now();
  const { status, said } = await run(step, output);
  const counted = step.count?.() ?? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  // A runner that ended badly without a failed test has failed itself: a broken file, a leak, nothing to run.
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  total.passed += counted.passed;
  total.failed += counted.failed;
  line(`${step.name}: ${status === 0 ? 'passed' : 'FAILED'} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  process.stdout.write(said);
  if (status !== 0) line(`stopped at what failed: ${step.name}`);
  return status === 0;
}

/** @param {Step} step @param {'inherit' | 'pipe'} output @returns {Promise<{ status: number, said: string }>} */
function run({ command, args, env }, output) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['inherit', output, output], env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
    child.on('error', (error) => resolve({ status: 1, said: `${error.message}\n` }));
    child.on('close', (code) => resolve({ status: code ?? 1, said }));
  });
}

/** @returns {Count} */
function countVitest() {
  if (!existsSync(vitestResults)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(vitestResults, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests };
}

/** @returns {Count} */
function countBrowser() {
  if (!existsSync(browserResults)) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = JSON.parse(readFileSync(browserResults, 'utf8')).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/** @param {string} text */
function line(text) {
  process.stdout.write(`\n--- ${text}\n`);
}
