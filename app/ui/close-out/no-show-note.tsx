import { Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useEffect, useState } from 'react';

export interface NoShowFrom {
  /** ISO */
  from: string;
  /** "16:20", where the reader is. */
  text: string;
  /** The server's clock when the page was made, ISO: a phone's may be wrong. */
  now: string;
}

/** Milliseconds until a no-show may be marked, by the server's clock; counts down once the page's script runs. */
export function useNoShowWait({ from, now }: NoShowFrom): number {
  const mounted = useMounted();
  const [clock, setClock] = useState(() => Date.parse(now));
  useEffect(() => {
    const ahead = Date.now() - Date.parse(now);
    const tick = () => setClock(Date.now() - ahead);
    tick();
    if (Date.parse(from) <= Date.now() - ahead) return;
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [from, now]);
  return Math.max(0, Date.parse(from) - (mounted ? clock : Date.parse(now)));
}

/** From when it may be marked: a countdown until then, and a word once it is time. */
export function NoShowNote({ from, wait }: { from: NoShowFrom; wait: number }) {
  if (wait === 0) return <small>can be marked now</small>;
  const seconds = Math.ceil(wait / 1000);
  const rest = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <small>
      from {from.text}, in{' '}
      <Text span inherit className="tabular" role="timer">
        {rest}
      </Text>
    </small>
  );
}
