/** A month of `tests/cases` in a company of its own, served beside the demo: imported as its files say, nothing else in it. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hashPassword } from '#app/auth/password.server.ts';
import { openDatabase } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { aUser } from '#tests/factories/index.ts';
import { PASSWORD } from './company.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = path.join(root, 'tests/cases');

export interface CaseCompany {
  /** Who issues and approves, with PASSWORD. */
  admin: string;
  /** Where outputs are gathered for the comparison. */
  out: string;
  /** `lectern ...` in this company; the exit status and what was printed. */
  lectern(...args: string[]): Promise<{ status: number; text: string }>;
  /** What tests/cases/compare.mjs says of the outputs. */
  compare(): Promise<string>;
  close(): Promise<void>;
}

const run = (command: string, args: string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ status: number; text: string }>((resolve) => {
    execFile(command, args, { cwd: root, env }, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ status, text: stdout + stderr });
    });
  });

/** @param port free beside the demo's own */
export async function openCaseCompany(name: string, port: number): Promise<CaseCompany> {
  const database = `lectern_case_${name}`;
  const cluster = await startEmbedded({ dataDir: `${root}.cache/e2e`, database: 'postgres', unsafeFast: true });
  const server = openDatabase({ url: cluster.url, max: 1, onError: () => {} });
  await server.pool.query(`drop database if exists ${database} with (force)`);
  await server.pool.query(`create database ${database}`);
  await server.close();
  const out = mkdtempSync(path.join(tmpdir(), 'lectern-case-'));
  const origin = `http://localhost:${port}`;
  const dataDir = path.join(out, 'data');
  mkdirSync(dataDir);
  const url = cluster.url.replace(/postgres$/, database);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LECTERN_MODE: 'demo',
    NODE_ENV: 'production',
    LECTERN_DATA_DIR: dataDir,
    DATABASE_URL: url,
    PORT: String(port),
    APP_ORIGIN: origin,
    LOG_LEVEL: 'warn',
  };
  const lectern = (...args: string[]) => run(process.execPath, ['app/cli/main.ts', ...args], env);
  const imported = await lectern('import', path.join(cases, name), '--report', path.join(out, 'report.csv'));
  // 1: some rows of a case are there to be refused.
  if (imported.status !== 1) throw new Error(`the case was not imported: ${imported.text}`);
  const own = openDatabase({ url, max: 1, onError: () => {} });
  const admin = await aUser(own.db, { email: 'month@example.test', name: 'Mona Month', roles: ['admin'] });
  await own.db
    .insertInto('userPassword')
    .values({ userId: admin.id, hash: await hashPassword(PASSWORD) })
    .execute();
  await own.close();
  const app = spawn(process.execPath, ['app/server/main.ts'], { cwd: root, stdio: 'inherit', env });
  for (let tries = 0; !(await isReady(origin)); tries++) {
    if (tries > 240 || app.exitCode !== null) throw new Error('the company of the case does not answer');
    await wait(250);
  }
  return {
    admin: admin.email,
    out,
    lectern,
    compare: async () => {
      const args = [path.join(cases, 'compare.mjs'), path.join(cases, name), out, path.join(out, 'report.csv')];
      return (await run(process.execPath, args, env)).text;
    },
    close: async () => {
      const gone = new Promise((resolve) => app.once('exit', resolve));
      app.kill('SIGTERM');
      await gone;
      rmSync(out, { recursive: true, force: true });
      await cluster.release();
    },
  };
}

const isReady = (origin: string) =>
  fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
