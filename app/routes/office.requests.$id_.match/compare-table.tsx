import { Anchor, Button } from '@mantine/core';
import { Link, useSearchParams } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Money } from '#app/ui/money.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { PART_NAMES } from '../matching-pages/part-names.ts';
import styles from './match.module.css';
import type { MatchView } from './view-match.ts';

interface Props {
  matches: readonly MatchView[];
  /** Where it is offered to one of them; null: it is closed. */
  offer: string | null;
}

/** Up to three side by side, line by line. */
export function CompareTable({ matches, offer }: Props) {
  const [params] = useSearchParams();
  const filter = new URLSearchParams([...params].filter(([name]) => name !== 'tutor' && name !== 'compare'));
  const [first] = matches;
  const parts = (first?.parts ?? []).map(({ part }, i): [string, (match: MatchView) => ReactNode] => [
    PART_NAMES[part],
    (match) => (
      <>
        <b className="tabular">{match.parts[i]?.points}</b> of {match.parts[i]?.of}
        <span className={styles.reason}> {match.parts[i]?.reason}</span>
      </>
    ),
  ]);
  const rows: [string, (match: MatchView) => ReactNode][] = [
    ['Points', (match) => <b className="tabular">{match.score}</b>],
    ...parts,
    ['Every week', (match) => match.slots.join(' · ')],
    ['Next free', (match) => match.next.join(' · ') || 'Not in the first three weeks'],
    ['Planned', (match) => match.planned],
    ['Price an hour', (match) => (match.charge === null ? 'No rate yet' : <Money value={match.charge} />)],
    ...(first?.money
      ? ([
          ['Pay an hour', (match) => <Money value={match.money?.pay} />],
          ['Margin an hour', (match) => <Money value={match.money?.margin} />],
        ] satisfies typeof parts)
      : []),
    ['Good to know', (match) => match.notes.join(' ') || '–'],
  ];
  return (
    <Panel
      title="Side by side"
      aside={
        <Anchor component={Link} to={`?${filter}`} preventScrollReset size="sm">
          Close
        </Anchor>
      }
    >
      <div className={styles.compareFrame}>
        <table className={styles.compare}>
          <thead>
            <tr>
              <td />
              {matches.map((match) => (
                <th key={match.tutorId} scope="col">
                  <Anchor component={Link} to={`/office/tutors/${match.tutorId}`} inherit>
                    {match.name}
                  </Anchor>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, cell]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {matches.map((match) => (
                  <td key={match.tutorId}>{cell(match)}</td>
                ))}
              </tr>
            ))}
            {offer ? (
              <tr>
                <td />
                {matches.map(({ tutorId, name }) => (
                  <td key={tutorId}>
                    <Button
                      component={Link}
                      to={`${offer}?tutors=${tutorId}`}
                      size="xs"
                      variant="light"
                      aria-label={`Offer it to ${name}`}
                    >
                      Offer
                    </Button>
                  </td>
                ))}
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
