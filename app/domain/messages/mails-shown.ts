import type { Config } from '#config/env.ts';

/** Sent mails can be read on a page where none leaves the house: outside production and without SMTP. */
export function mailsAreShown(config: Pick<Config, 'mode' | 'smtpUrl'>): boolean {
  return config.mode !== 'production' && !config.smtpUrl;
}
