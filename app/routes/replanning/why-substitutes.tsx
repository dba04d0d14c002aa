import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ScoreParts } from '../matching-pages/score-parts.tsx';
import styles from './replanning.module.css';
import type { ReplannedView } from './view-replanning.ts';

const MOST_SHOWN = 3;

/** What speaks for the best who could step in, session by session; folded, since the choices name their points. */
export function WhySubstitutes({ sessions }: { sessions: readonly ReplannedView[] }) {
  const covered = sessions.filter(({ substitutes }) => substitutes.length > 0);
  if (covered.length === 0) return null;
  return (
    <details className={styles.why} open={sessions.length === 1}>
      <summary>What speaks for those who could step in</summary>
      {covered.map(({ id, title, when, substitutes }) => (
        <section key={id} aria-label={`${title}, ${when}`}>
          {sessions.length > 1 ? (
            <Text size="sm" fw={600}>
              {title}, {when}
            </Text>
          ) : null}
          <ol>
            {substitutes.slice(0, MOST_SHOWN).map(({ tutorId, name, score, parts, warnings }) => (
              <li key={tutorId}>
                <Text size="sm">
                  <Anchor component={Link} to={`/office/tutors/${tutorId}`} fw={600} size="sm">
                    {name}
                  </Anchor>{' '}
                  <span className="tabular">{score} points</span>
                  {warnings.length > 0 ? `. ${warnings.join(' ')}` : ''}
                </Text>
                <ScoreParts parts={parts} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </details>
  );
}
