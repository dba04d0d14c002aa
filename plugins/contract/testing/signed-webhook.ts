/** A delivery as a provider sends it, with its signature among the headers. */
export interface SignedWebhook {
  headers: Record<string, string>;
  rawBody: Uint8Array;
}
