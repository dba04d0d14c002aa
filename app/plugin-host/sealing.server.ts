import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealingKey } from '#config/env.ts';

/** The ring: the first key seals, every key opens. */
export type KeyRing = readonly SealingKey[];

/** Where a sealed text belongs: it opens nowhere else, so a copy in another row or field is worth nothing. */
export interface SealedPlace {
  table: string;
  row: string;
  path: string;
}

export class SealingError extends Error {
  readonly code: 'unknown_key' | 'not_sealed' | 'does_not_open';
  constructor(code: SealingError['code'], message: string) {
    super(message);
    this.name = 'SealingError';
    this.code = code;
  }
}

const prefix = 'enc:v1:';
const ivBytes = 12;
const tagBytes = 16;

export const isSealed = (text: unknown): text is string => typeof text === 'string' && text.startsWith(prefix);

export function keyIdOf(sealed: string): string {
  return sealed.slice(prefix.length).split(':')[0] ?? '';
}

/** AES-256-GCM under a subkey of the ring's first key: `enc:v1:{keyId}:{base64url of iv, ciphertext and tag}`. */
export function seal(ring: KeyRing, place: SealedPlace, text: string): string {
  const key = ring[0];
  if (!key) throw new SealingError('unknown_key', 'There is no sealing key: set LECTERN_KEYS.');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', subkey(key, 'seal'), iv).setAAD(aad(place));
  const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${prefix}${key.id}:${body.toString('base64url')}`;
}

export function open(ring: KeyRing, place: SealedPlace, sealed: string): string {
  if (!isSealed(sealed)) throw new SealingError('not_sealed', `${aad(place)} is not sealed.`);
  const id = keyIdOf(sealed);
  const key = ring.find((candidate) => candidate.id === id);
  if (!key) {
    throw new SealingError(
      'unknown_key',
      `It was sealed with the key "${id}", which is not in LECTERN_KEYS. Put that key back, after the new one.`,
    );
  }
  const body = Buffer.from(sealed.slice(prefix.length + id.length + 1), 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', subkey(key, 'seal'), body.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(aad(place))
      .setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw new SealingError(
      'does_not_open',
      `The key "${id}" of LECTERN_KEYS does not open it: the key is another one, or the row was changed by hand.`,
    );
  }
}

/**
 * A code that nobody can guess and that comes out the same every time, from the ring's first key: 26 characters of
 * a-z and 2-7, 130 bits.
 */
export function stableCode(ring: KeyRing, purpose: string, subject: string): string {
  const key = ring[0];
  if (!key) throw new SealingError('unknown_key', 'There is no sealing key: set LECTERN_KEYS.');
  const digest = createHmac('sha256', subkey(key, purpose)).update(subject).digest();
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let code = '';
  let bits = 0;
  let value = 0;
  for (const byte of digest) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && code.length < 26) {
      bits -= 5;
      code += alphabet[(value >> bits) & 31];
    }
  }
  return code;
}

function subkey(key: SealingKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.key, Buffer.alloc(0), `lectern/v1/${purpose}`, 32));
}

function aad(place: SealedPlace): Buffer {
  return Buffer.from(`${place.table}:${place.row}:${place.path}`);
}
