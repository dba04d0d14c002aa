import { Alert, Button, Group, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { DateTime } from '#app/ui/date-time.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { Matching } from './load-matching.server.ts';
import styles from './matching.module.css';
import { gapWords, PHASE_WORDS } from './run-words.ts';

type Run = Pick<Matching, 'run' | 'since'>;

/** How far a run is, or what came of it. */
export function RunState({ run, since }: Run) {
  if (run.working) return <Working run={run} />;
  if (run.status === 'failed') {
    return (
      <Alert color="red" variant="light" mb="md" title={run.error ?? 'Something went wrong.'}>
        <Text size="sm">Match all again.</Text>
      </Alert>
    );
  }
  const { placed, points, requests, tutors, pairs, seconds } = run.progress;
  if (placed === null) {
    return (
      <Alert color="gray" variant="light" mb="md" title="It was stopped before anything was found" styles={plainTitle}>
        <Text size="sm">Match all again.</Text>
      </Alert>
    );
  }
  const changed = [
    since.wishes > 0 ? `${since.wishes} ${since.wishes === 1 ? 'pair' : 'pairs'} pinned or vetoed` : '',
    since.requests > 0 ? `${since.requests} new ${since.requests === 1 ? 'request' : 'requests'}` : '',
  ].filter(Boolean);
  return (
    <>
      <dl className={styles.figures}>
        <div>
          <dt>Have a tutor</dt>
          <dd>
            {placed} <span>of {requests}</span>
          </dd>
        </div>
        <div>
          <dt>Points together</dt>
          <dd>{points}</dd>
        </div>
        <div className={styles.proof}>
          <dt>How good it is</dt>
          <dd className={styles.words}>{gapWords(run.progress)}</dd>
        </div>
      </dl>
      <Text size="xs" c="dimmed" mb="md">
        {run.status === 'stopped' ? 'Stopped early. ' : ''}
        {pairs} possible pairs of {requests} requests and {tutors} tutors, in {seconds} s,{' '}
        <DateTime value={run.finishedAt ?? run.createdAt} plain />
        {run.createdByName ? `, by ${run.createdByName}` : ''}.
      </Text>
      {changed.length > 0 ? (
        <Alert variant="light" mb="md" title={`Since then: ${changed.join(', ')}`} styles={plainTitle}>
          <Form method="post">
            <SubmitButton name="start" value="again" size="xs">
              Solve again
            </SubmitButton>
          </Form>
        </Alert>
      ) : null}
    </>
  );
}

const plainTitle = { title: { color: 'var(--mantine-color-text)' } };

function Working({ run }: Pick<Run, 'run'>) {
  const { phase, seconds, pairs, requests, gapPoints } = run.progress;
  const facts = [
    requests > 0 ? `${requests} requests` : '',
    pairs > 0 ? `${pairs} possible pairs` : '',
    gapPoints === null ? '' : `at most ${gapPoints} points from the best`,
    `${Math.round(seconds)} s`,
  ].filter(Boolean);
  return (
    <Alert
      variant="light"
      mb="md"
      role="status"
      title={run.status === 'queued' ? 'It begins in a moment' : PHASE_WORDS[phase]}
      styles={plainTitle}
    >
      <progress className={styles.bar} max={30} value={Math.min(30, seconds)} aria-label="Seconds of 30 at most" />
      <Text size="sm" mt="xs">
        {facts.join(' · ')}
      </Text>
      <Text size="sm" mt={4}>
        {run.silent
          ? 'It has given no sign of life for a minute. Begin again: nothing was changed.'
          : 'It takes half a minute at most. You can leave this page; it goes on by itself.'}
      </Text>
      <Form method="post">
        <Group gap="xs" mt="xs">
          {run.silent ? (
            <SubmitButton name="start" value="again" size="xs">
              Begin again
            </SubmitButton>
          ) : null}
          <Button type="submit" name="stop" value={run.id} variant="default" size="xs">
            Stop, and keep the best so far
          </Button>
        </Group>
      </Form>
    </Alert>
  );
}
