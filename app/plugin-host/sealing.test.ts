import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyIdOf, open, SealingError, seal, stableCode } from './sealing.server.ts';

const first = { id: 'k1', key: randomBytes(32) };
const second = { id: 'k2', key: randomBytes(32) };
const place = { table: 'plugin_install', row: '1', path: 'apiKey' };

const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
    return 'it opened';
  } catch (error) {
    return (error as SealingError).code;
  }
};

describe('a sealed text', () => {
  test('opens to what was sealed, whatever it was, and never shows it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), (text) => {
        const sealed = seal([first], place, text);
        expect(sealed).toMatch(/^enc:v1:k1:[\w-]+$/);
        expect(sealed).not.toContain(text);
        expect(open([first], place, sealed)).toBe(text);
      }),
    );
  });

  test('differs each time, so that equal secrets can’t be seen to be equal', () => {
    expect(seal([first], place, 'same')).not.toBe(seal([first], place, 'same'));
  });

  test('opens nowhere else: not in another table, row or field', () => {
    const sealed = seal([first], place, 'secret');
    for (const other of [{ table: 'users' }, { row: '2' }, { path: 'apiSecret' }]) {
      expect(codeOf(() => open([first], { ...place, ...other }, sealed))).toBe('does_not_open');
    }
  });

  test('opens with no byte changed or missing', () => {
    const sealed = seal([first], place, 'secret');
    const body = Buffer.from(sealed.split(':')[3] ?? '', 'base64url');
    for (let index = 0; index < body.length; index++) {
      const changed = Buffer.from(body);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(codeOf(() => open([first], place, `enc:v1:k1:${changed.toString('base64url')}`))).toBe('does_not_open');
      expect(codeOf(() => open([first], place, `enc:v1:k1:${body.subarray(0, index).toString('base64url')}`))).toBe(
        'does_not_open',
      );
    }
  });

  test('opens with any key of the ring, and is sealed with the first', () => {
    const old = seal([first], place, 'secret');
    expect(open([second, first], place, old)).toBe('secret');
    expect(keyIdOf(seal([second, first], place, 'secret'))).toBe('k2');
  });

  test('says which key is missing', () => {
    const old = seal([first], place, 'secret');
    expect(codeOf(() => open([second], place, old))).toBe('unknown_key');
    expect(() => open([second], place, old)).toThrow('"k1"');
  });

  test('is not opened by another key of the same name', () => {
    expect(codeOf(() => open([{ ...second, id: 'k1' }], place, seal([first], place, 'secret')))).toBe('does_not_open');
  });

  test('is told from a text that was never sealed', () => {
    expect(codeOf(() => open([first], place, 'plain'))).toBe('not_sealed');
    expect(() => open([first], place, 'plain')).toThrow(SealingError);
  });
});

describe('the code of a session', () => {
  test('is 26 characters, the same each time, and another for each session, purpose and key', () => {
    const code = stableCode([first], 'meeting-code', 'install:session');
    expect(code).toMatch(/^[a-z2-7]{26}$/);
    expect(stableCode([first], 'meeting-code', 'install:session')).toBe(code);
    const others = [
      stableCode([first], 'meeting-code', 'install:session2'),
      stableCode([first], 'other', 'install:session'),
      stableCode([second], 'meeting-code', 'install:session'),
    ];
    expect(new Set([code, ...others]).size).toBe(4);
  });

  test('uses the whole alphabet evenly enough to be unguessable', () => {
    const seen = new Set(Array.from({ length: 50 }, (_, index) => stableCode([first], 'p', String(index))).join(''));
    expect(seen.size).toBe(32);
  });
});
