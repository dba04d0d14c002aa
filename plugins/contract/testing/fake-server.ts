export type MeetingFault =
  /** 401: the credentials are no longer good. */
  | 'unauthorised'
  /** 429 with Retry-After. */
  | 'rate_limited'
  /** 503. */
  | 'unavailable'
  /** The provider acts, and the answer never arrives. */
  | 'reply_lost'
  /** 200 with a body that is not what the documentation says. */
  | 'malformed';

/** Stands for a provider: enforces its rules, and fails on demand. */
export interface FakeMeetingServer {
  /** Settings under which the plugin talks to it. */
  settings: Record<string, unknown>;
  /** Values among the settings that must never be seen outside. */
  secrets: readonly string[];
  /** Answers as the provider would. Rejects for an address that the provider doesn't have. */
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** The next call fails so. */
  failNext(fault: MeetingFault): void;
  /** The refs of all rooms there are. */
  rooms(): readonly string[];
}

/** For plugins that call nobody: any call fails the test. */
export function noServer(settings: Record<string, unknown> = {}): Pick<FakeMeetingServer, 'settings' | 'secrets' | 'fetch'> {
  return {
    settings,
    secrets: [],
    fetch: (url) => Promise.reject(new Error(`unexpected call of ${url}`)),
  };
}
