/** What holds where neither the organisation nor a program says otherwise. */
export const defaults = {
  currency: 'EUR',
  timezone: 'Europe/Berlin',
  locale: 'en-GB',
  gridMinutes: 15,
  durationsMinutes: [30, 45, 60, 90, 120],
  joinWindowMinutes: 10,
  bufferMinutes: 0,
  /** A student may be marked absent once this share of the lesson has passed. */
  noShowAfterShare: 0.33,
} as const;

/** Limits of the running process: of the operator, not of the business. */
export const operation = {
  poolSize: 10,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 60_000,
  /** How long a stopping process waits for requests and jobs that are under way. */
  stopTimeoutMs: 25_000,
  readyCacheMs: 2_000,
  heartbeatSeconds: 30,
} as const;
