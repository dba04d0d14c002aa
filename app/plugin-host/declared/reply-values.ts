/** Values out of a provider's reply, as the contract wants them; each throws where they are something else. */
export function textValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '' || value.length > 2_000) throw new TypeError('no text');
  return value;
}

export function httpsUrl(value: unknown): string {
  const url = new URL(textValue(value));
  if (url.protocol !== 'https:') throw new TypeError('no https address');
  return url.href;
}

export function instant(value: unknown): Date {
  const date = value instanceof Date ? value : new Date(textValue(value));
  if (Number.isNaN(date.getTime())) throw new TypeError('no instant');
  return date;
}

export function listValue(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('no list');
  return value;
}
