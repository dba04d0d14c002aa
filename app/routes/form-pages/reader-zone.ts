import { useEffect, useState } from 'react';

/** The reader's own zone where a script can tell; undefined: the company's. */
export function useReaderZone(): string | undefined {
  const [zone, setZone] = useState<string>();
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone || undefined), []);
  return zone;
}
