import { expect, test } from 'vitest';
import { callRecord, type PluginCall } from './call-record.ts';
import { maskSecrets } from './install-settings.server.ts';

const call: PluginCall = {
  method: 'POST',
  url: new URL('https://api.example.com/rooms'),
  requestBody: '',
  status: 200,
  responseBody: '',
  ms: 12,
  error: null,
};
const secret = 'canary+/="1';
const keep = (over: Partial<PluginCall>) => callRecord({ ...call, ...over }, (text) => maskSecrets(text, [secret]));

test('a secret of the settings is masked wherever it stands, in whatever writing', () => {
  const kept = keep({
    url: new URL(`https://api.example.com/rooms?key=${encodeURIComponent(secret)}`),
    requestBody: JSON.stringify({ note: secret }),
    responseBody: `you sent ${secret}`,
    error: `refused ${secret}`,
  });
  expect(JSON.stringify(kept)).not.toMatch(/canary/);
  expect(kept.request).toBe('{"note":"•••"}');
});

test.each([
  ['{"access_token":"abc.def","expires_in":3600}', '{"access_token":"•••","expires_in":3600}'],
  ['{"start_url": "https://zoom.us/s/1?zak=x", "id": 1}', '{"start_url": "•••", "id": 1}'],
  ['{"password":"a\\"b","topic":"Algebra"}', '{"password":"•••","topic":"Algebra"}'],
  ['{"refreshToken":"never en', '{"refreshToken":"•••"'],
  ['grant_type=refresh_token&refresh_token=r1&client_secret=s1', 'grant_type=refresh_token&refresh_token=•••&client_secret=•••'],
  ['code=c1&code_verifier=v1', 'code=•••&code_verifier=•••'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.sig here', 'jwt ••• here'],
])('what only the provider and we may know is masked by its name and looks: %s', (said, kept) => {
  expect(keep({ responseBody: said }).response).toBe(kept);
});

test('what is kept of a call is a page at most', () => {
  expect(keep({ responseBody: 'x'.repeat(20_000) }).response).toHaveLength(4_001);
});
