import { describe, expect, it } from 'vitest';
import { isApi, mayWrite } from './write-guard.ts';

const origin = 'https://lectern.example.org';

describe('who may write', () => {
  it('a page of ours, as the browser says itself', () => {
    expect(mayWrite('same-origin', origin, origin)).toBe(true);
    expect(mayWrite('same-origin', undefined, origin)).toBe(true);
  });

  it.each(['cross-site', 'same-site', 'none', ''])('nobody whom the browser calls "%s", whatever their Origin', (site) => {
    expect(mayWrite(site, origin, origin)).toBe(false);
  });

  it('an old browser with our origin', () => {
    expect(mayWrite(undefined, origin, origin)).toBe(true);
  });

  it.each([
    undefined,
    'null',
    'http://lectern.example.org',
    'https://lectern.example.org:444',
    'https://lectern.example.org.evil.test',
    'https://evil.test',
    'https://LECTERN.example.org',
  ])('no old browser with the origin %s', (given) => {
    expect(mayWrite(undefined, given, origin)).toBe(false);
  });
});

it('only calls below /api/v1 come with a key instead', () => {
  expect(isApi('/api/v1/sessions')).toBe(true);
  for (const path of [
    '/api/v1',
    '/office/api/v1/',
    '/API/V1/sessions',
    '/login',
    '/api/v1/../../login',
    '/api/v1/%2E%2e/../login',
    '/api/v1/..',
  ])
    expect(isApi(path)).toBe(false);
});
