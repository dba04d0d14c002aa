import { describe, expect, it } from 'vitest';
import { hashToken, newToken } from './token.server.ts';

describe('tokens', () => {
  it('carry 256 bits and need no escaping in a link or cookie', () => {
    const tokens = Array.from({ length: 500 }, newToken);
    expect(new Set(tokens).size).toBe(500);
    for (const token of tokens) {
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(encodeURIComponent(token)).toBe(token);
    }
  });

  it('are stored as a hash that is the same each time and is not the token', () => {
    const token = newToken();
    expect(hashToken(token)).toBe(hashToken(token));
    expect(hashToken(token)).not.toContain(token);
    expect(hashToken(token)).not.toBe(hashToken(newToken()));
  });
});
