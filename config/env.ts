import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export type Mode = 'development' | 'production' | 'test' | 'demo';

/** The first key of the ring seals, every key opens: a new key is put in front and the old one kept until all is sealed anew. */
export interface SealingKey {
  id: string;
  key: Uint8Array;
}

export interface Config {
  mode: Mode;
  demo: boolean;
  port: number;
  host: string | undefined;
  /** Scheme and host of every link we write, without a slash at the end. */
  origin: string;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** So many mails go out in a minute in the long run, over all processes: what the mail server takes, and pages don't feel. */
  mailPerMinute: number;
  keyRing: SealingKey[];
  /** How many proxies stand before us, whose X-Forwarded-* we believe. */
  trustProxy: number;
  /** False: this process serves pages and leaves the jobs to `npm run worker`. */
  jobs: boolean;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

export class ConfigError extends Error {
  readonly code = 'invalid_config';
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The environment isn't usable:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const modes = ['development', 'production', 'test', 'demo'] as const;

const origin = z
  .string()
  .refine((value) => {
    const url = URL.parse(value);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, '');
  }, 'must be like https://lectern.example.org, without a path')
  .transform((value) => value.replace(/\/$/, ''));

const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value),
      `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );

const environment = z.object({
  NODE_ENV: z.string().optional(),
  LECTERN_MODE: z.enum(modes).optional(),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  APP_ORIGIN: origin.optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  LECTERN_DATA_DIR: z.string().default('data'),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: z.string().optional(),
  MAIL_PER_MINUTE: z.coerce.number('must be a number').int().min(1).max(100_000).default(600),
  LECTERN_KEYS: z.string().optional(),
  TRUST_PROXY: z.coerce.number('must be the number of proxies').int().min(0).max(10).default(0),
  LECTERN_JOBS: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).optional(),
});

/**
 * Reads the environment once. Throws a ConfigError that names every problem at once.
 * Outside production a sealing key is made and kept in `dataDir`; in production it must be given.
 */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const mode = parsed.data?.LECTERN_MODE ?? modes.find((name) => name === given.NODE_ENV) ?? 'development';
  const keyRing = parseKeys(given.LECTERN_KEYS, problems);
  if (mode === 'production') {
    if (!given.APP_ORIGIN) problems.push('APP_ORIGIN is missing: the address people type, e.g. https://lectern.example.org');
    if (!given.LECTERN_KEYS) problems.push('LECTERN_KEYS is missing: `npm run lectern -- key create` prints one');
    if (!given.SMTP_URL) problems.push('SMTP_URL is missing: invitations and confirmations go out by mail');
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const values = parsed.data;
  const dataDir = path.resolve(values.LECTERN_DATA_DIR);
  const appOrigin = values.APP_ORIGIN ?? `http://localhost:${values.PORT}`;
  return {
    mode,
    demo: mode === 'demo',
    port: values.PORT,
    host: values.HOST,
    origin: appOrigin,
    databaseUrl: values.DATABASE_URL,
    dataDir,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? `Lectern <no-reply@${new URL(appOrigin).hostname}>`,
    mailPerMinute: values.MAIL_PER_MINUTE,
    keyRing: keyRing.length > 0 ? keyRing : [ownKey(dataDir)],
    trustProxy: values.TRUST_PROXY,
    jobs: values.LECTERN_JOBS === 'on',
    logLevel: values.LOG_LEVEL ?? (mode === 'test' ? 'silent' : 'info'),
  };
}

/** A key as LECTERN_KEYS wants it: an id of its own, a colon, and 32 bytes in base64. */
export function createKey(): string {
  return `${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
}

function parseKeys(text: string | undefined, problems: string[]): SealingKey[] {
  const keys: SealingKey[] = [];
  for (const part of text?.split(',') ?? []) {
    const [id = '', encoded = ''] = part.trim().split(':');
    const key = Buffer.from(encoded, 'base64');
    if (!/^[\w-]{1,32}$/.test(id) || key.length !== 32) {
      // The value itself is a secret: the message says its form only.
      problems.push('LECTERN_KEYS must be id:key[,id:key...], each key 32 bytes in base64');
      return [];
    }
    if (keys.some((known) => known.id === id)) {
      problems.push(`LECTERN_KEYS names the key ${id} twice`);
      return [];
    }
    keys.push({ id, key });
  }
  return keys;
}

function ownKey(dataDir: string): SealingKey {
  const file = path.join(dataDir, 'sealing-key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, createKey(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Two processes started at once: the first one's key counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const problems: string[] = [];
  const [key] = parseKeys(readFileSync(file, 'utf8'), problems);
  if (!key) throw new ConfigError([`${file} holds no usable key`]);
  return key;
}
