import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import type { Ranking } from './load-ranking.server.ts';
import styles from './match.module.css';
import type { RuleView } from './view-match.ts';

/** Which rules remove everyone, and what loosening each one brings. */
export function NobodyFits({ rules, looked, requestId }: Pick<Ranking, 'rules' | 'looked'> & { requestId: string }) {
  return (
    <Panel title="Nobody fits">
      <Text size="sm">
        {looked === 0
          ? 'There is no active tutor yet.'
          : `${looked === 1 ? 'The one active tutor is' : `All ${looked} active tutors are`} kept out by a rule that no weight outweighs. Loosening one of these brings:`}
      </Text>
      <Rules rules={rules} />
      <Group gap="sm">
        <Button component={Link} to={`/office/requests/${requestId}/edit`}>
          Edit the request
        </Button>
        <Button component={Link} to="/office/tutors" variant="default">
          To the tutors
        </Button>
      </Group>
    </Panel>
  );
}

/** The same where some fit: folded, for who asks why somebody is missing. */
export function WhoIsKeptOut({ rules, looked, fitting }: Pick<Ranking, 'rules' | 'looked' | 'fitting'>) {
  if (rules.length === 0) return null;
  return (
    <details className={styles.out}>
      <summary>Who is kept out, and by what ({looked - fitting})</summary>
      <Rules rules={rules} />
    </details>
  );
}

function Rules({ rules }: { rules: readonly RuleView[] }) {
  return (
    <ul className={styles.rules}>
      {rules.map(({ rule, title, removes, loosen, appear, more }) => (
        <li key={rule} data-rule={rule}>
          <span className={styles.ruleHead}>
            <b>{title}</b>
            <span className="tabular">{removes === 1 ? '1 tutor' : `${removes} tutors`}</span>
          </span>
          {appear.length === 0 ? (
            <span className={styles.reason}>Loosening it alone brings nobody: something else keeps them out too.</span>
          ) : (
            <>
              <span className={styles.reason}>{loosen}, and these fit:</span>
              <ul className={styles.appear}>
                {appear.map(({ tutorId, name, message }) => (
                  <li key={tutorId}>
                    <Anchor component={Link} to={`/office/tutors/${tutorId}`} size="sm">
                      {name}
                    </Anchor>{' '}
                    <span className={styles.reason}>{message}</span>
                  </li>
                ))}
                {more > 0 ? <li className={styles.reason}>and {more} more</li> : null}
              </ul>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
