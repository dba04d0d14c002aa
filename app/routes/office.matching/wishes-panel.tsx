import { Anchor } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { WishView } from '#app/domain/matching/run-queries.server.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './matching.module.css';

/** What was said of pairs, which every run keeps to until it is taken back. */
export function WishesPanel({ wishes }: { wishes: readonly WishView[] }) {
  if (wishes.length === 0) return null;
  return (
    <Panel title="Pinned and vetoed">
      <Form method="post" preventScrollReset>
        <ul className={styles.wishes}>
          {wishes.map(({ requestId, tutorId, kind, studentName, subjectName, tutorName }) => (
            <li key={`${requestId} ${tutorId}`}>
              <span>
                <Anchor component={Link} to={`/office/requests/${requestId}`} size="sm">
                  {studentName}, {subjectName}
                </Anchor>
                : {kind === 'pin' ? 'in any case' : 'never'} {tutorName}
              </span>
              <SubmitButton
                name="unwish"
                value={`${requestId} ${tutorId}`}
                variant="subtle"
                size="compact-xs"
                style={{ flexShrink: 0 }}
                aria-label={`Take back: ${tutorName} for ${studentName}`}
              >
                Take back
              </SubmitButton>
            </li>
          ))}
        </ul>
      </Form>
    </Panel>
  );
}
