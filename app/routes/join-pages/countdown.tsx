import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { inWords, secondsUntil } from './door-page.ts';

/**
 * How long until the room opens, and then the way in by itself: the click stays the person's own, since it is kept who
 * came and when. Without a script the button stands there from the beginning, and leads back here until it is time.
 */
export function Countdown({ opensAt, opensIn, href }: { opensAt: string; opensIn: string; href: string }) {
  const [left, setLeft] = useState<number>();
  const join = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const tick = () => setLeft(secondsUntil(new Date(opensAt), new Date()));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [opensAt]);
  const open = left === 0;
  useEffect(() => {
    if (open) join.current?.focus();
  }, [open]);
  return (
    <>
      <Text fw={600} role={open ? 'status' : 'timer'} className="tabular">
        {open
          ? 'The room is open now.'
          : `That is in ${left === undefined ? opensIn : left < 600 ? clock(left) : inWords(left)}.`}
      </Text>
      {/* A plain link, as Join is everywhere: nothing fetches it ahead. */}
      <Button component="a" href={href} ref={join} variant={open || left === undefined ? 'filled' : 'default'}>
        {open || left === undefined ? 'Join' : 'Look again'}
      </Button>
    </>
  );
}

/** "9:05": the last ten minutes are counted by the second. */
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
