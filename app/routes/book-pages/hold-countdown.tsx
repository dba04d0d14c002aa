import { VisuallyHidden } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import styles from './book.module.css';

/** How long the time is still kept. A screen reader hears it at the beginning, near the end and at the end. */
export function HoldCountdown({ secondsLeft }: { secondsLeft: number }) {
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    // From the server's count, since the reader's clock may be wrong.
    const end = performance.now() + secondsLeft * 1000;
    setLeft(secondsLeft);
    const timer = setInterval(() => setLeft(Math.max(0, Math.round((end - performance.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [secondsLeft]);
  const text =
    left === 0
      ? 'Not kept any more. Book, and you get it if it is still free.'
      : `Kept for you for ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const spoken = left === 0 ? text : left <= 60 ? 'Kept for you for one more minute.' : 'This time is kept for you.';
  return (
    <div className={styles.count}>
      <IconClock size={16} aria-hidden />
      <span aria-hidden="true" suppressHydrationWarning>
        {text}
      </span>
      <VisuallyHidden role="status">{spoken}</VisuallyHidden>
    </div>
  );
}
