import { isPluginError, PluginError } from '#plugins/contract/index.ts';

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

interface HttpOptions {
  hosts: readonly string[];
  signal: AbortSignal;
  fetch: Fetch;
}

/**
 * The only way from a plugin to the world: https, to the hosts it declared, within the call's time, and never
 * redirected elsewhere.
 */
export function pluginHttp({ hosts, signal, fetch }: HttpOptions) {
  return async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    if (url.protocol !== 'https:' || !hosts.includes(url.host)) {
      throw new PluginError('unsupported', `This plugin may not call ${url.protocol}//${url.host}.`);
    }
    const both = init.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const changes = !['GET', 'HEAD'].includes((init.method ?? 'GET').toUpperCase());
    try {
      return await fetch(url, { ...init, signal: both, redirect: 'error' });
    } catch (error) {
      if (isPluginError(error)) throw error;
      // A request that may have arrived is not the same as one that did not.
      throw both.aborted && changes
        ? new PluginError('outcome_unknown', `${url.host} did not answer in time.`, { cause: error })
        : new PluginError('unavailable', `${url.host} can't be reached.`, {
            cause: error,
          });
    }
  };
}
