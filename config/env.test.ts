import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, createKey, loadConfig } from './env.ts';

const key = createKey();
const production = {
  NODE_ENV: 'production',
  APP_ORIGIN: 'https://lectern.example.org',
  LECTERN_KEYS: key,
  SMTP_URL: 'smtp://mail.example.org:587',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('names everything that is wrong at once', () => {
    const problems = problemsOf({
      NODE_ENV: 'production',
      PORT: 'three',
      DATABASE_URL: 'mysql://x',
      APP_ORIGIN: 'lectern.org/app',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'APP_ORIGIN',
      'DATABASE_URL',
      'LECTERN_KEYS',
      'SMTP_URL',
    ]);
  });

  it('never repeats a secret in what it says', () => {
    const text = problemsOf({ ...production, LECTERN_KEYS: 'k1:dG9vIHNob3J0' }).join();
    expect(text).toContain('LECTERN_KEYS');
    expect(text).not.toContain('dG9vIHNob3J0');
  });

  it('takes an empty value for one that is not there', () => {
    expect(loadConfig({ ...production, DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 3000 });
  });

  it('writes links to APP_ORIGIN, without a slash at the end', () => {
    expect(loadConfig({ ...production, APP_ORIGIN: 'https://lectern.example.org/' }).origin).toBe('https://lectern.example.org');
  });

  it('is this machine and its port where nothing is said and it is not production', () => {
    expect(loadConfig({ PORT: '4000', LECTERN_KEYS: key })).toMatchObject({
      mode: 'development',
      origin: 'http://localhost:4000',
    });
  });
});

describe('the sealing keys', () => {
  it('the first one seals, the others are kept to open with', () => {
    const older = createKey();
    const { keyRing } = loadConfig({ ...production, LECTERN_KEYS: `${key},${older}` });
    expect(keyRing.map(({ id }) => id)).toEqual([key, older].map((text) => text.split(':')[0]));
    expect(keyRing.every((entry) => entry.key.length === 32)).toBe(true);
  });

  it('a key named twice is refused', () => {
    expect(problemsOf({ ...production, LECTERN_KEYS: `${key},${key}` })).toHaveLength(1);
  });

  it('outside production one is made once, for its owner alone, and kept', () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'lectern-key-'));
    const first = loadConfig({ LECTERN_DATA_DIR: dataDir }).keyRing;
    expect(loadConfig({ LECTERN_DATA_DIR: dataDir }).keyRing).toEqual(first);
    const file = path.join(dataDir, 'sealing-key');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^\w+:.{44}$/);
  });
});
