import type { ConnectedAccount } from '../meeting.ts';
import type { SignedWebhook } from './signed-webhook.ts';

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
  | 'malformed'
  /** 200 with a page for people, as proxies and login walls send. */
  | 'html'
  /** 200 with half of the JSON. */
  | 'half'
  /** 401 once, as when a token ended early; the next token is good. */
  | 'token_ended';

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
  /** Of providers whose tutors connect accounts: the account that calls act for. */
  account?: ConnectedAccount;
  /** The token of `account`, as the host would hand it out; another than `rejected`. */
  accessToken?(rejected?: string): string;
  /**
   * Of providers with `attendance: 'webhook'`: the signed deliveries of a meeting in the room `ref` in which a person with the e-mail
   * address ana@example.com came, left, came back and left, in order.
   */
  webhooks?(ref: string, now: Date): SignedWebhook[];
  /** Of providers with `attendance: 'poll'`: makes the provider's report say the same of the room `ref`. */
  attend?(ref: string): void;
}

/** For plugins that call nobody: any call fails the test. */
export function noServer(settings: Record<string, unknown> = {}): Pick<FakeMeetingServer, 'settings' | 'secrets' | 'fetch'> {
  return {
    settings,
    secrets: [],
    fetch: (url) => Promise.reject(new Error(`unexpected call of ${url}`)),
  };
}
