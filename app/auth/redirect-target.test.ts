import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSignIn, safePath, signInPath } from './redirect-target.ts';

const ORIGIN = 'https://lectern.example';

/** Where a browser on our origin ends up. */
const landsOn = (path: string) => new URL(path, ORIGIN).origin;

describe('where a sign-in leads', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'https://evil.example/office',
    'javascript:alert(1)',
    'evil.example',
    '',
    ' /office',
    null,
    undefined,
    7,
  ])('refuses %j', (to) => {
    expect(safePath(to)).toBeUndefined();
    expect(afterSignIn(to, '/office')).toBe('/office');
  });

  it('comes back to the page that was asked for, with its filters', () => {
    expect(afterSignIn('/office/sessions?from=2026-11-01&tutor=7#late', '/office')).toBe(
      '/office/sessions?from=2026-11-01&tutor=7#late',
    );
  });

  it('never comes back to signing in or out', () => {
    for (const to of ['/', '/login', '/login?to=/x', '/logout', '/setup', '/reset/abc', '/invite/abc']) {
      expect(afterSignIn(to, '/tutor')).toBe('/tutor');
    }
  });

  it('whatever the parameter is, the target is a path on our origin', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom('/', '\\', '.', '..', '%2f', '%5c', '\t', '\n', '\r', '@', ':', '?', '#', 'evil.example', 'https:'),
        )
        .map((parts) => `/${parts.join('')}`),
      fc.webUrl(),
      fc.webPath(),
    );
    fc.assert(
      fc.property(nasty, (to) => {
        const target = afterSignIn(to, '/office');
        expect(target.startsWith('/')).toBe(true);
        expect(landsOn(target)).toBe(ORIGIN);
      }),
      { numRuns: 2000 },
    );
  });

  it('a request for a page names the page, without the parameters of a data request', () => {
    expect(
      signInPath({
        url: `${ORIGIN}/office/sessions?day=1&_routes=a`,
        method: 'GET',
      }),
    ).toBe(`/login?to=${encodeURIComponent('/office/sessions?day=1')}`);
    expect(signInPath({ url: `${ORIGIN}/office.data`, method: 'GET' })).toBe('/login?to=%2Foffice');
    expect(signInPath({ url: `${ORIGIN}/`, method: 'GET' })).toBe('/login');
  });

  it('a write comes back to the page without what was written', () => {
    expect(signInPath({ url: `${ORIGIN}/office/x?index&secret=1`, method: 'POST' })).toBe('/login?to=%2Foffice%2Fx');
  });
});
