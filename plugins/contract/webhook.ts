/** A call of a provider to `/hooks/p/{installId}`, before anybody believes it. */
export interface WebhookRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** As it came: signatures are over these bytes. */
  rawBody: Uint8Array;
  now: Date;
}
