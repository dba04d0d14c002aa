import { describe, expect, test } from 'vitest';
import { isPluginError, PluginError } from '#plugins/contract/index.ts';
import { type Fetch, pluginHttp } from './plugin-http.server.ts';

const signal = new AbortController().signal;
const answer: Fetch = async (url, init) => Response.json({ url: url.href, redirect: init.redirect });
const http = (fetch = answer, over: AbortSignal = signal) => pluginHttp({ hosts: ['api.example.com'], signal: over, fetch });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'it went through',
    (error) => (isPluginError(error) ? error.code : String(error)),
  );

describe('a plugin calls', () => {
  test('the hosts it declared, and follows no redirect away from them', async () => {
    const response = await http()('https://api.example.com/rooms');
    expect(await response.json()).toEqual({ url: 'https://api.example.com/rooms', redirect: 'error' });
  });

  test.each([
    'https://api.example.com.evil.test/',
    'https://evil.test/?api.example.com',
    'https://api.example.com@evil.test/',
    'http://api.example.com/',
    'https://api.example.com:8443/',
    'https://127.0.0.1/',
    'file:///etc/passwd',
  ])('never %s', async (url) => {
    expect(await codeOf(http()(url))).toBe('unsupported');
  });
});

describe('a call that gets no answer', () => {
  const down: Fetch = () => Promise.reject(new TypeError('fetch failed'));
  const over = AbortSignal.abort();

  test('to a host that can’t be reached may be tried again', async () => {
    expect(await codeOf(http(down)('https://api.example.com/', { method: 'POST' }))).toBe('unavailable');
  });

  test('in time, and may have changed something, must be looked into first', async () => {
    expect(await codeOf(http(down, over)('https://api.example.com/', { method: 'POST' }))).toBe('outcome_unknown');
    expect(await codeOf(http(down, over)('https://api.example.com/'))).toBe('unavailable');
  });

  test('keeps a reason that is one already', async () => {
    const refused: Fetch = () => Promise.reject(new PluginError('quota_exhausted', 'Enough for today.'));
    expect(await codeOf(http(refused)('https://api.example.com/'))).toBe('quota_exhausted');
  });
});
