import { Alert, Anchor, Button, Group } from '@mantine/core';
import { Link, useSearchParams } from '@remix-run/react';

export interface SessionPlanning {
  /** How it can be moved and cancelled; null: not at all. */
  move: 'at_once' | 'ask' | null;
  cancel: 'at_once' | 'ask' | null;
  /** What is asked for it and not answered yet. */
  request: { id: string; what: string; proposed: boolean } | null;
}

interface Props {
  planning: SessionPlanning;
  session: string;
  requests: string;
}

/** Another time, and Cancel, on a session's page. */
export function SessionPlanningLinks({ planning, session }: Omit<Props, 'requests'>) {
  if (!planning.move && !planning.cancel) return null;
  return (
    <Group gap="sm">
      {planning.move ? (
        <Button component={Link} to={`${session}/move`} variant="default">
          {planning.move === 'at_once' ? 'Move to another time' : 'Ask for another time'}
        </Button>
      ) : null}
      {planning.cancel ? (
        <Button component={Link} to={`${session}/cancel`} variant="default">
          {planning.cancel === 'at_once' ? 'Cancel' : 'Ask to cancel'}
        </Button>
      ) : null}
    </Group>
  );
}

const DONE: Record<string, string> = {
  booked: 'Booked. Everybody in it gets a mail.',
  moved: 'Moved. Everybody in it gets a mail.',
  cancelled: 'Cancelled. Everybody in it gets a mail.',
};

/** What was just done, and what is asked for this session. */
export function SessionPlanningNotes({ planning, requests }: Omit<Props, 'session'>) {
  const [params] = useSearchParams();
  const done = Object.keys(DONE).find((name) => params.has(name));
  return (
    <>
      {done ? <Alert color="green" variant="light" role="status" title={DONE[done]} /> : null}
      {planning.request ? (
        <Alert
          color="yellow"
          variant="light"
          role="note"
          title={planning.request.proposed ? 'Other times are offered for it' : `${planning.request.what} is asked for`}
        >
          <Anchor component={Link} to={`${requests}/${planning.request.id}`} inherit>
            {planning.request.proposed ? 'Choose one' : 'See the request'}
          </Anchor>
        </Alert>
      ) : null}
    </>
  );
}
