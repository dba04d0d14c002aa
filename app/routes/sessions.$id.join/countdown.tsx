import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { inWords, secondsUntil } from './door-page.ts';

/** How long until the room opens. It counts where there is a script; going in stays the person's own click. */
export function Countdown({ opensAt, opensIn }: { opensAt: string; opensIn: string }) {
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    const tick = () => setLeft(secondsUntil(new Date(opensAt), new Date()));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [opensAt]);
  const open = left === 0;
  return (
    <Text fw={600} role="status">
      {open ? 'The room is open now.' : `That is in ${left === undefined ? opensIn : inWords(left)}.`}
    </Text>
  );
}
