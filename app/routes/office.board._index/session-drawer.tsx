import { Alert, Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { minutesText } from '#app/ui/session-length.ts';
import { SessionMark } from '#app/ui/session-mark.tsx';
import type { SessionFactsView } from './answers.ts';
import { ask } from './board-api.ts';
import type { Board } from './board-data.ts';
import { CancelForm } from './cancel-form.tsx';
import { MoveForm } from './move-form.tsx';
import type { BoardPageData } from './page-data.ts';
import { SideDrawer } from './side-drawer.tsx';
import type { Operations } from './use-operations.tsx';

interface Props {
  id: string;
  cancelling: boolean;
  board: Board;
  page: BoardPageData;
  operations: Operations;
  onCopy: () => void;
  onBook: (search: string) => void;
  onClose: () => void;
}

/** A session's facts and what can be done with it, without leaving the board. */
export default function SessionDrawer({ id, cancelling, board, page, operations, onCopy, onBook, onClose }: Props) {
  const [facts, setFacts] = useState<SessionFactsView | 'missing'>();
  const [panel, setPanel] = useState<'facts' | 'move' | 'cancel'>(cancelling ? 'cancel' : 'facts');
  const version = board.sessions.find((session) => session.id === id)?.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a session that was changed is read again
  useEffect(() => {
    let here = true;
    void ask<SessionFactsView>(`/office/board/session/${id}`).then((answer) => here && setFacts(answer ?? 'missing'));
    return () => {
      here = false;
    };
  }, [id, version]);
  if (facts === undefined) {
    return (
      <SideDrawer title="Session" label="Session" onClose={onClose}>
        <Stack gap="sm" aria-busy>
          <Skeleton height={20} width="70%" />
          <Skeleton height={16} width="50%" />
          <Skeleton height={90} />
        </Stack>
      </SideDrawer>
    );
  }
  if (facts === 'missing') {
    return (
      <SideDrawer title="Session" label="Session" onClose={onClose}>
        <Text c="dimmed">This session is not there (any more), or the server could not be reached.</Text>
      </SideDrawer>
    );
  }
  return (
    <SideDrawer title={facts.title} label={`${facts.title}, ${facts.when}`} onClose={onClose}>
      <Stack gap="md">
        <Facts facts={facts} />
        {panel === 'facts' ? (
          <Group gap="xs">
            <Button component={Link} to={`/office/sessions/${id}`} size="sm" variant="default">
              Open its page
            </Button>
            {facts.stuck === null ? (
              <Button size="sm" variant="default" onClick={() => setPanel('move')}>
                Reschedule
              </Button>
            ) : null}
            <Button size="sm" variant="default" visibleFrom="sm" onClick={onCopy}>
              Copy
            </Button>
            <Button size="sm" variant="default" onClick={() => onBook(facts.again)}>
              Book again
            </Button>
            {facts.over ? null : (
              <Button size="sm" variant="subtle" color="red" onClick={() => setPanel('cancel')}>
                Cancel session
              </Button>
            )}
          </Group>
        ) : null}
        {panel === 'facts' && facts.stuck !== null ? (
          <Text size="sm" c="dimmed">
            {facts.stuck}
          </Text>
        ) : null}
        {panel === 'move' ? (
          <MoveForm
            key={facts.version}
            facts={facts}
            board={board}
            page={page}
            operations={operations}
            onDone={() => setPanel('facts')}
          />
        ) : null}
        {panel === 'cancel' ? (
          <CancelForm
            facts={facts}
            onCancelled={(after) => {
              operations.cancelled(id, after, `${facts.students.map(({ name }) => name).join(', ')}: cancelled`);
              onClose();
            }}
            onKeep={() => setPanel('facts')}
          />
        ) : null}
      </Stack>
    </SideDrawer>
  );
}

function Facts({ facts }: { facts: SessionFactsView }) {
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text fw={600} className="tabular">
          {facts.when}
        </Text>
        <SessionMark status={facts.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {minutesText(facts.durationMinutes)}
        {facts.atOffice ? `, ${facts.atOffice}` : ''} · {facts.ref}
      </Text>
      <Text size="sm">
        {facts.students.map((student, place) => (
          <span key={student.id}>
            {place > 0 ? ', ' : ''}
            <Anchor component={Link} to={`/office/students/${student.id}`} inherit>
              {student.name}
            </Anchor>
            {student.outcome ? ` (${student.outcome.toLowerCase()})` : ''}
          </span>
        ))}{' '}
        with{' '}
        <Anchor component={Link} to={`/office/tutors/${facts.tutor.id}`} inherit>
          {facts.tutor.name}
        </Anchor>
      </Text>
      <Text size="sm">
        {facts.subject}, {facts.program}. {facts.place}.
      </Text>
      {facts.plan ? (
        <Text size="sm" lineClamp={4} style={{ whiteSpace: 'pre-line' }}>
          {facts.plan}
        </Text>
      ) : null}
      {facts.flags.map((flag) => (
        <Alert key={flag} color="yellow" variant="light" role="note" p="xs">
          {flag}
        </Alert>
      ))}
    </Stack>
  );
}
