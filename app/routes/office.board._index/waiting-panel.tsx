import { CloseButton, Text, Title } from '@mantine/core';
import { type PointerEvent, useState } from 'react';
import type { Waiting } from './waiting.ts';
import styles from './waiting-panel.module.css';

interface Props {
  waiting: readonly Waiting[];
  onPress: (event: PointerEvent, waiting: Waiting) => void;
  /** By keyboard it is moved by the arrows, by pointer it follows it. */
  onPick: (waiting: Waiting, via: 'keys' | 'pointer') => void;
  onClose: () => void;
}

/** What has no place yet, the oldest first: dragged onto the board, or picked with Enter and placed with the arrows. */
export function WaitingPanel({ waiting, onPress, onPick, onClose }: Props) {
  const [words, setWords] = useState('');
  const wanted = words.toLowerCase();
  const shown = waiting.filter(({ student, subject, program }) =>
    `${student} ${subject} ${program}`.toLowerCase().includes(wanted),
  );
  return (
    <aside className={styles.side} aria-labelledby="waiting">
      <div className={styles.sideHead}>
        <Title order={2} size="h4" id="waiting">
          To be placed
        </Title>
        <Text span size="sm" c="dimmed" className="tabular">
          {waiting.length}
        </Text>
        <CloseButton ml="auto" aria-label="Hide what is to be placed" onClick={onClose} />
      </div>
      {waiting.length > 8 ? (
        <input
          type="search"
          className={styles.sideSearch}
          aria-label="Find what is to be placed"
          placeholder="Student or subject"
          value={words}
          onChange={({ currentTarget: { value } }) => setWords(value)}
        />
      ) : null}
      <ul className={styles.cards}>
        {shown.map((waits) => (
          <li key={waits.id}>
            <button
              type="button"
              className={styles.card}
              data-waiting={waits.id}
              onPointerDown={(event) => onPress(event, waits)}
              onClick={({ detail }) => onPick(waits, detail === 0 ? 'keys' : 'pointer')}
            >
              <span className={styles.cardName}>{waits.student}</span>
              <span>
                {waits.subject}, {waits.program}
              </span>
              <span className={styles.cardNote}>
                {waits.wishText === null ? 'No session planned' : `Wants ${waits.wishText}`}
                {waits.tutor ? ` with ${waits.tutor}` : ''}
              </span>
              <span className={styles.cardNote}>
                {waits.kind === 'request' ? 'Asked' : 'Matched'} {waits.since} ago
                {waits.proposed ? ' · other times proposed' : ''}
              </span>
              {waits.note ? <span className={styles.cardNote}>“{waits.note}”</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
