import { describe, expect, it } from 'vitest';
import { currencies, locales, usualChoices, zones } from './choices.server.ts';

describe('what the set-up begins with', () => {
  it('is the first region the browser asks for', () => {
    expect(usualChoices('en-GB,en;q=0.9,en-US;q=0.8')).toEqual({ zone: 'Europe/London', currency: 'GBP', locale: 'en-GB' });
    expect(usualChoices('de,de-AT;q=0.9,en-US;q=0.5')).toEqual({ zone: 'Europe/Vienna', currency: 'EUR', locale: 'en-AT' });
  });

  it("is the machine's own zone where the browser names no region, and the United States where neither says", () => {
    expect(usualChoices('en', 'Europe/Dublin')).toEqual({ zone: 'Europe/Dublin', currency: 'EUR', locale: 'en-IE' });
    expect(usualChoices(null, 'UTC')).toEqual({ zone: 'America/New_York', currency: 'USD', locale: 'en-US' });
    expect(usualChoices('en-AQ, nonsense;;', 'UTC')).toMatchObject({ locale: 'en-US' });
  });

  it('is always among what the lists offer', () => {
    for (const { value } of locales()) {
      const { zone, currency, locale } = usualChoices(value);
      expect(locale).toBe(value);
      expect(zones()).toContain(zone);
      expect(currencies().map((one) => one.value)).toContain(currency);
      expect(Intl.DateTimeFormat.supportedLocalesOf(locale)).toEqual([locale]);
    }
  });
});
