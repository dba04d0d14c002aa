import { useEffect, useRef } from 'react';
import type { Change } from './board-params.ts';
import { dayAfter } from './days.ts';
import styles from './phone-days.module.css';

interface Props {
  names: readonly string[];
  firstDay: string;
  shown: number;
  change: (change: Change) => void;
}

/** On a phone one day is shown at a time, of those that are there. */
export function PhoneDays({ names, firstDay, shown, change }: Props) {
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day is another button
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - (nav.current.clientWidth - current.offsetWidth) / 2;
  }, [shown, firstDay]);
  if (names.length === 1) return null;
  return (
    <nav ref={nav} className={styles.phoneDays} aria-label="Day">
      {names.map((name, day) => (
        <button
          key={name}
          type="button"
          aria-current={day === shown ? 'date' : undefined}
          onClick={() => change({ date: dayAfter(firstDay, day) })}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
