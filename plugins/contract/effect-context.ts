/** What an effect plugin reaches the world with. Nothing else is given: no database, no environment. */
export interface EffectContext {
  /** Calls only the hosts that the plugin declared; anything else is refused with `unsupported`. */
  http: (url: string | URL, init?: RequestInit) => Promise<Response>;
  /** Ends when the time for this call is up. `http` listens to it by itself. */
  signal: AbortSignal;
  /** The same for every attempt at one effect; to be handed to a provider that takes one. */
  idempotencyKey: string;
  now: () => Date;
  /** Goes to the application's log with the install's id; the install's secrets are masked. */
  log: (message: string, facts?: Record<string, string | number | boolean | null>) => void;
}
