/** What a list offers: every zone and currency that the runtime knows. */
export function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/** The machine's own zone is most often the company's; a server in UTC says nothing. */
export function usualZone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zones().includes(own) && !own.startsWith('Etc/') && own !== 'UTC' ? own : 'America/New_York';
}
