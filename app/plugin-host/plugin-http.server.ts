import { isPluginError, PluginError } from '#plugins/contract/index.ts';
import { type PluginCall, READ_CHARACTERS } from './call-record.ts';

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

interface HttpOptions {
  hosts: readonly string[];
  signal: AbortSignal;
  fetch: Fetch;
  /** Told of every call once it is over. */
  record?: (call: PluginCall) => Promise<void>;
}

/** More than any answer of a meeting or payment provider; a machine full of answers helps nobody. */
export const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The only way from a plugin to the world: https, to the hosts it declared, within the call's time, never redirected
 * elsewhere, and the answer read whole, up to 10 MB.
 */
export function pluginHttp({ hosts, signal, fetch, record }: HttpOptions) {
  return async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    if (url.protocol !== 'https:' || !hosts.includes(url.host)) {
      throw new PluginError('unsupported', `This plugin may not call ${url.protocol}//${url.host}.`);
    }
    const both = init.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const method = (init.method ?? 'GET').toUpperCase();
    const call: PluginCall = { method, url, requestBody: textOf(init.body), status: null, responseBody: '', ms: 0, error: null };
    const began = performance.now();
    try {
      const answer = await beforeTheEnd(both, fetch(url, { ...init, signal: both, redirect: 'error' }));
      call.status = answer.status;
      if (answer.status >= 300 && answer.status < 400) {
        throw new PluginError('contract_violation', `${url.host} sends the call elsewhere, which is not followed.`);
      }
      const bytes = await beforeTheEnd(both, readAll(answer, url.host));
      call.responseBody = new TextDecoder().decode(bytes.subarray(0, READ_CHARACTERS));
      return new Response(answer.body === null ? null : bytes, { status: answer.status, headers: answer.headers });
    } catch (error) {
      const failure = isPluginError(error) ? error : failureOf(error, url, method, both.aborted, call.status !== null);
      call.error = failure.publicMessage;
      throw failure;
    } finally {
      call.ms = Math.round(performance.now() - began);
      await record?.(call);
    }
  };
}

/** A request that may have arrived is not the same as one that did not. */
function failureOf(error: unknown, url: URL, method: string, over: boolean, answered: boolean): PluginError {
  const changes = method !== 'GET' && method !== 'HEAD';
  const sent = over || answered || (error instanceof Error && 'sent' in error);
  if (changes && sent) return new PluginError('outcome_unknown', `${url.host} did not answer in time.`, { cause: error });
  const what = over ? 'did not answer in time' : 'can’t be reached';
  return new PluginError('unavailable', `${url.host} ${what}.`, { cause: error });
}

/** What waits is given up when the time is over, whether or not it listens. */
function beforeTheEnd<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((fulfil, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(fulfil, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

async function readAll(answer: Response, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = answer.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MOST_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw new PluginError('contract_violation', `${host} answered with more than 10 MB.`);
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function textOf(body: RequestInit['body']): string {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : '';
}
