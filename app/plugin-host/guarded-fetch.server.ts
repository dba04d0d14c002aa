import { lookup as resolve } from 'node:dns';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { PluginError } from '#plugins/contract/index.ts';
import type { Fetch } from './plugin-http.server.ts';
import { isPublicAddress } from './public-address.ts';

/** Thrown where a request was on its way when the line broke: it may have arrived. */
export class SentError extends Error {
  readonly sent = true;
}

interface GuardOptions {
  /** How names become addresses; the system's way when not given. */
  resolve?: typeof resolve;
  isPublic?: (address: string) => boolean;
  /** Authorities beside the system's. */
  ca?: string;
}

const inner = (host: string, address: string) =>
  new PluginError('unsupported', `${host} leads to the inner address ${address}, which no plugin may call.`);

/**
 * Reaches the world over https, and the world only: the address is looked at when the connection is made, on the answer
 * that is connected to, so that a name that points elsewhere a moment later gains nothing. Redirects are not followed.
 */
export function guardedFetch(options: GuardOptions = {}): Fetch {
  const isPublic = options.isPublic ?? isPublicAddress;
  const agent = new Agent({ keepAlive: true, lookup: guardedLookup(options.resolve ?? resolve, isPublic), ca: options.ca });

  return async (url, { signal, redirect: _, ...init }) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // A number as a host is never looked up. (URL has made 2130706433 and 0177.0.0.1 into 127.0.0.1.)
    if (isIP(host) !== 0 && !isPublic(host)) throw inner(url.hostname, host);
    const asked = new Request(url, init);
    const body = Buffer.from(await asked.arrayBuffer());
    const headers = Object.fromEntries(asked.headers);
    // Nothing packed: what is small on the way in could be large inside.
    headers['accept-encoding'] = 'identity';
    if (body.length > 0 || !['GET', 'HEAD', 'DELETE'].includes(asked.method)) headers['content-length'] = String(body.length);

    return new Promise<Response>((fulfil, reject) => {
      let sent = false;
      const call = request(url, { agent, method: asked.method, headers, signal: signal ?? undefined });
      call.once('finish', () => {
        sent = true;
      });
      call.once('error', (error) =>
        reject(sent && !('code' in error && error.code === 'unsupported') ? sentError(error) : error),
      );
      call.once('response', (answer) => {
        const status = answer.statusCode ?? 0;
        const answered = new Headers();
        for (const [name, value] of Object.entries(answer.headers)) {
          for (const one of [value ?? []].flat()) answered.append(name, one);
        }
        const empty = status === 204 || status === 205 || status === 304;
        if (empty) answer.resume();
        fulfil(new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers: answered }));
      });
      call.end(body);
    });
  };
}

function sentError(cause: Error): SentError {
  return new SentError(cause.message, { cause });
}

function guardedLookup(lookup: typeof resolve, isPublic: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const bad = error ? undefined : addresses.find(({ address }) => !isPublic(address));
      const first = error ? undefined : addresses[0];
      if (error) callback(error, '');
      else if (bad) callback(inner(hostname, bad.address), '');
      else if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}
