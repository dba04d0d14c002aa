import { Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { Form, Link, useLocation, useSearchParams } from '@remix-run/react';
import { Money } from '#app/ui/money.tsx';
import { ScoreParts } from '../matching-pages/score-parts.tsx';
import type { Ranking } from './load-ranking.server.ts';
import styles from './match.module.css';
import type { MatchView } from './view-match.ts';

type Props = Pick<Ranking, 'list' | 'chosen' | 'noneToCompare' | 'passing' | 'fitting' | 'looked' | 'elsewhere'> & {
  requestId: string;
  closed: boolean;
};

/** The tutors who fit, the best first. Some of them are chosen to be compared. */
export function MatchList({ list, chosen, noneToCompare, passing, fitting, looked, elsewhere, requestId, closed }: Props) {
  const { search } = useLocation();
  const offer = `/office/requests/${requestId}/offer`;
  const [params] = useSearchParams();
  const kept = [...params].filter(([name]) => name !== 'tutor' && name !== 'compare');
  const all = new URLSearchParams([...params, ['all', '1']]);
  const narrowed = passing < fitting ? `${passing} shown of ${fitting} who fit` : `${fitting} fit`;
  return (
    <Form method="get" key={search} preventScrollReset>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {narrowed}, of {looked} active tutors.
            {elsewhere ? ` Weekly times are in ${elsewhere}; the next ones in yours.` : ''}
          </Text>
          {list.length > 1 ? (
            <Group gap="xs">
              <Button type="submit" name="compare" value="1" variant="default" size="xs">
                Compare the chosen (up to 3)
              </Button>
              {closed ? null : (
                <Button type="submit" formAction={offer} variant="default" size="xs">
                  Offer it to the chosen
                </Button>
              )}
              {closed ? null : (
                <Button component={Link} to={`${offer}?tutors=all`} variant="default" size="xs">
                  Offer it to all who fit
                </Button>
              )}
            </Group>
          ) : null}
        </Group>
        {noneToCompare ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            Tick two or three tutors first, then compare them.
          </Text>
        ) : null}
        {list.length === 0 ? <Text py="md">Nobody who fits passes the filter. Take something out of it.</Text> : null}
        <ol className={styles.list}>
          {list.map((match, i) => (
            <MatchCard
              key={match.tutorId}
              match={match}
              rank={i + 1}
              chosen={chosen.includes(match.tutorId)}
              offer={closed ? null : `${offer}?tutors=${match.tutorId}`}
            />
          ))}
        </ol>
        {passing > list.length ? (
          <Anchor component={Link} to={`?${all}`} preventScrollReset size="sm">
            Show all {passing}
          </Anchor>
        ) : null}
      </Stack>
    </Form>
  );
}

interface CardProps {
  match: MatchView;
  rank: number;
  chosen: boolean;
  /** Where it is offered to just this one; null: it is closed. */
  offer: string | null;
}

function MatchCard({ match, rank, chosen, offer }: CardProps) {
  return (
    <li className={styles.card} data-tutor={match.tutorId}>
      <div className={styles.who}>
        <Checkbox name="tutor" value={match.tutorId} defaultChecked={chosen} aria-label={`Choose ${match.name}`} size="xs" />
        <div className={styles.name}>
          <Anchor component={Link} to={`/office/tutors/${match.tutorId}`} fw={600}>
            {match.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            No. {rank} · {match.planned}
          </Text>
          {offer ? (
            <Button component={Link} to={offer} size="xs" variant="light" mt={6} aria-label={`Offer it to ${match.name}`}>
              Offer
            </Button>
          ) : null}
        </div>
        <div className={styles.score}>
          <b className="tabular">{match.score}</b>
          <span>points</span>
        </div>
      </div>
      <ScoreParts parts={match.parts} />
      <dl className={styles.when}>
        <div>
          <dt>Every week</dt>
          <dd>{match.slots.join(' · ')}</dd>
        </div>
        <div>
          <dt>Next free</dt>
          <dd>{match.next.length === 0 ? 'Not in the first three weeks' : match.next.join(' · ')}</dd>
        </div>
        <div>
          <dt>Price an hour</dt>
          <dd>{match.charge === null ? 'No rate yet' : <Money value={match.charge} />}</dd>
        </div>
        {match.money ? (
          <div>
            <dt>Pay and margin</dt>
            <dd>
              <Money value={match.money.pay} /> · <Money value={match.money.margin} />
            </dd>
          </div>
        ) : null}
      </dl>
      {match.notes.length > 0 ? (
        <ul className={styles.notes}>
          {match.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
