import { Anchor, Checkbox, Group, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { PickView } from '#app/domain/matching/run-queries.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { weekTimeText } from '#app/ui/week-time-text.ts';
import { ScoreParts } from '../matching-pages/score-parts.tsx';
import { RULES } from '../office.requests.$id_.match/view-match.ts';
import { URGENCY_TONES, URGENCY_WORDS } from '../request-pages/request-words.ts';
import styles from './matching.module.css';
import { costWords } from './run-words.ts';

interface PickListProps {
  runId: string;
  picks: readonly PickView[];
  /** Of a run that is over and the newest: its proposals can be offered. */
  deciding: boolean;
}

/** One form for all: the chosen are offered; a button of a row vetoes or pins its pair. */
export function PickList({ runId, picks, deciding }: PickListProps) {
  const offerable = deciding && picks.some(isOfferable);
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="run" value={runId} />
      {offerable ? <Offering /> : null}
      <ul className={styles.list}>
        {picks.map((pick) => (
          <Pick key={pick.requestId} pick={pick} deciding={deciding} />
        ))}
      </ul>
      {offerable && picks.length > 12 ? <Offering /> : null}
    </Form>
  );
}

const isOfferable = ({ tutorId, over, wish }: PickView) => tutorId !== null && over === null && wish !== 'veto';

function Offering() {
  return (
    <Group gap="xs" my="sm">
      <SubmitButton name="accept" value="chosen" variant="default" size="xs">
        Offer the chosen
      </SubmitButton>
      <SubmitButton name="accept" value="all" size="xs">
        Offer all
      </SubmitButton>
      <Text size="xs" c="dimmed">
        Each tutor is asked by mail and accepts or declines; nothing is booked yet.
      </Text>
    </Group>
  );
}

function Pick({ pick, deciding }: { pick: PickView; deciding: boolean }) {
  const { requestId, tutorId, detail, wish, over } = pick;
  const { locale } = useViewer();
  const who = `${pick.studentName}, ${pick.subjectName}`;
  const open = deciding && over === null;
  return (
    <li className={styles.pick} data-request={requestId}>
      <div className={styles.line}>
        {open && isOfferable(pick) ? (
          <Checkbox name="request" value={requestId} defaultChecked aria-label={`Choose ${who}`} size="xs" mt={2} />
        ) : (
          <span className={styles.noBox} />
        )}
        <div className={styles.student}>
          <Anchor component={Link} to={`/office/requests/${requestId}`} fw={600}>
            {pick.studentName}
          </Anchor>
          <Text size="xs" c="dimmed" component="div">
            {pick.subjectName}
            {pick.urgency === 'normal' ? null : (
              <>
                {' '}
                <StatusBadge label={URGENCY_WORDS[pick.urgency]} tone={URGENCY_TONES[pick.urgency]} />
              </>
            )}
          </Text>
        </div>
        <div className={styles.tutor}>
          {tutorId ? (
            <Anchor component={Link} to={`/office/tutors/${tutorId}`}>
              {pick.tutorName}
            </Anchor>
          ) : (
            <Nobody pick={pick} />
          )}
          {tutorId ? (
            <Text size="xs" c="dimmed">
              {detail.slots.map((slot) => weekTimeText(slot, locale)).join(', ')}
            </Text>
          ) : null}
        </div>
        {pick.score === null ? null : (
          <div className={styles.score}>
            <b className="tabular">{pick.score}</b> points
          </div>
        )}
        <div className={styles.acts}>
          {over ? (
            <StatusBadge label={over === 'closed' ? 'Closed' : 'A tutor is asked'} tone={over === 'closed' ? 'quiet' : 'live'} />
          ) : null}
          {wish ? (
            <StatusBadge label={wish === 'pin' ? 'Pinned' : 'Vetoed'} tone={wish === 'pin' ? 'good' : 'attention'} />
          ) : null}
          {open && tutorId ? (
            <WishButtons pair={`${requestId} ${tutorId}`} wish={wish} who={`${pick.tutorName} for ${who}`} />
          ) : null}
        </div>
      </div>
      <Why pick={pick} open={open} />
    </li>
  );
}

function WishButtons({ pair, wish, who }: { pair: string; wish: PickView['wish']; who: string }) {
  if (wish) {
    return (
      <SubmitButton name="unwish" value={pair} variant="subtle" size="compact-xs" aria-label={`Take back: ${who}`}>
        Take back
      </SubmitButton>
    );
  }
  return (
    <>
      <SubmitButton name="pin" value={pair} variant="subtle" size="compact-xs" aria-label={`Pin ${who}`}>
        Pin
      </SubmitButton>
      <SubmitButton name="veto" value={pair} variant="subtle" size="compact-xs" aria-label={`Veto ${who}`}>
        Veto
      </SubmitButton>
    </>
  );
}

function Nobody({ pick: { requestId, detail } }: { pick: PickView }) {
  if (detail.fitting > 0) {
    return (
      <Text size="sm">
        {detail.fitting === 1 ? 'One tutor fits' : `${detail.fitting} tutors fit`}, but their hours go to others.
      </Text>
    );
  }
  const [first] = detail.removes;
  return (
    <Text size="sm">
      Nobody fits.{' '}
      {first ? `${first.removes} ${RULES[first.rule].title.charAt(0).toLowerCase()}${RULES[first.rule].title.slice(1)}. ` : ''}
      <Anchor component={Link} to={`/office/requests/${requestId}/match`} size="sm">
        What would help
      </Anchor>
    </Text>
  );
}

function Why({ pick, open }: { pick: PickView; open: boolean }) {
  const { requestId, detail } = pick;
  if (detail.parts.length === 0 && detail.alternatives.length === 0) return null;
  return (
    <details className={styles.why}>
      <summary>{pick.tutorId ? 'Why, and who else' : 'Who else'}</summary>
      {detail.parts.length > 0 ? <ScoreParts parts={detail.parts} /> : null}
      {detail.notes.map((note) => (
        <Text key={note} size="sm" mt={6}>
          {note}
        </Text>
      ))}
      {detail.alternatives.length > 0 ? (
        <ul className={styles.others}>
          {detail.alternatives.map((other) => (
            <li key={other.tutorId}>
              <Anchor component={Link} to={`/office/tutors/${other.tutorId}`} size="sm">
                {other.tutorName}
              </Anchor>{' '}
              <span className="tabular">{other.score} points</span>
              <span className={styles.dimmed}>{costWords(other.costs)}</span>
              {open ? (
                <SubmitButton
                  name="pin"
                  value={`${requestId} ${other.tutorId}`}
                  variant="subtle"
                  size="compact-xs"
                  aria-label={`Pin ${other.tutorName} for ${pick.studentName}, ${pick.subjectName}`}
                >
                  Pin instead
                </SubmitButton>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed" mt={6}>
          Nobody else fits.
        </Text>
      )}
      {detail.fitting > detail.alternatives.length + 1 ? (
        <Anchor component={Link} to={`/office/requests/${requestId}/match`} size="sm">
          All {detail.fitting} who fit
        </Anchor>
      ) : null}
    </details>
  );
}
