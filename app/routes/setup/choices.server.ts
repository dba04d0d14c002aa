interface Region {
  zone: string;
  currency: string;
}

/** Where a company most likely is when its owner's browser speaks of a region; its capital's or its largest city's zone. */
const regions: Record<string, Region> = {
  AE: { zone: 'Asia/Dubai', currency: 'AED' },
  AT: { zone: 'Europe/Vienna', currency: 'EUR' },
  AU: { zone: 'Australia/Sydney', currency: 'AUD' },
  BE: { zone: 'Europe/Brussels', currency: 'EUR' },
  CA: { zone: 'America/Toronto', currency: 'CAD' },
  CH: { zone: 'Europe/Zurich', currency: 'CHF' },
  DE: { zone: 'Europe/Berlin', currency: 'EUR' },
  DK: { zone: 'Europe/Copenhagen', currency: 'DKK' },
  ES: { zone: 'Europe/Madrid', currency: 'EUR' },
  FI: { zone: 'Europe/Helsinki', currency: 'EUR' },
  FR: { zone: 'Europe/Paris', currency: 'EUR' },
  GB: { zone: 'Europe/London', currency: 'GBP' },
  HK: { zone: 'Asia/Hong_Kong', currency: 'HKD' },
  IE: { zone: 'Europe/Dublin', currency: 'EUR' },
  IN: { zone: 'Asia/Calcutta', currency: 'INR' },
  IT: { zone: 'Europe/Rome', currency: 'EUR' },
  NL: { zone: 'Europe/Amsterdam', currency: 'EUR' },
  NO: { zone: 'Europe/Oslo', currency: 'NOK' },
  NZ: { zone: 'Pacific/Auckland', currency: 'NZD' },
  PL: { zone: 'Europe/Warsaw', currency: 'PLN' },
  PT: { zone: 'Europe/Lisbon', currency: 'EUR' },
  SE: { zone: 'Europe/Stockholm', currency: 'SEK' },
  SG: { zone: 'Asia/Singapore', currency: 'SGD' },
  US: { zone: 'America/New_York', currency: 'USD' },
  ZA: { zone: 'Africa/Johannesburg', currency: 'ZAR' },
};

/** What a list offers: every zone and currency that the runtime knows. */
export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/** The texts are English; the region decides how dates and amounts are written. */
export function locales(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return Object.keys(regions)
    .map((region) => ({ value: `en-${region}`, label: `English, ${names.of(region) ?? region}` }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/**
 * What the form begins with: by the first region the browser asks for, else by the machine's own zone, else the United
 * States. The page may know the zone better still, from the browser itself.
 */
export function usualChoices(acceptLanguage: string | null, machineZone = ownZone()) {
  const found =
    askedRegion(acceptLanguage) ?? Object.keys(regions).find((region) => regions[region]?.zone === machineZone) ?? 'US';
  const { zone, currency } = regions[found] as Region;
  return { zone, currency, locale: `en-${found}` };
}

/** 'de, en-GB;q=0.8' -> 'GB': the first tag with a region that is known. Browsers send them best first. */
function askedRegion(acceptLanguage: string | null): string | undefined {
  const tags = (acceptLanguage ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  return tags
    .map((tag) => /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})$/i.exec(tag)?.[1]?.toUpperCase())
    .find((region) => region !== undefined && region in regions);
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
