import { Button, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { DetailView } from '#app/ui/session-detail.ts';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { bookLike } from '../session-pages/book-like.ts';
import type { Steps } from './view-office-session.ts';

interface Props {
  view: DetailView;
  back: { to: string; label: string };
  steps: Steps;
  places: readonly { studentId: string }[];
  mayCorrect: boolean;
  /** Of the session, for another one like it. */
  like: { tutorId: string; programId: string; subjectId: string; minutes: number; mode: string; location: string };
}

/** What it is, how it stands, and what can be done with it now. */
export function SessionHeader({ view, back, steps, places, like, mayCorrect }: Props) {
  const again = bookLike({ ...like, studentIds: places.map((place) => place.studentId) });
  return (
    <PageHeader
      back={back}
      title={view.title}
      description={
        <Group component="span" gap="sm">
          <SessionMark status={view.status} />
          <Text component="span" size="sm" className="tabular">
            {view.ref} · {view.when.day}, {view.when.time}
          </Text>
        </Group>
      }
      actions={
        <>
          <Button component={Link} to={again} variant="subtle">
            Book another
          </Button>
          <Button component={Link} to={`${view.href}/edit`} variant="default">
            Edit
          </Button>
          {steps.move ? (
            <Button component={Link} to={`${view.href}/reschedule`} variant="default">
              Reschedule
            </Button>
          ) : null}
          {steps.move ? (
            <Button component={Link} to={`/office/sessions/bulk?session=${view.id}&all=substitute`} variant="default">
              Find a substitute
            </Button>
          ) : null}
          {steps.cancel ? (
            <Button component={Link} to={`${view.href}/cancel`} variant="default">
              Cancel session
            </Button>
          ) : null}
          {steps.closeOut === 'none' ? null : (
            <Button component={Link} to={`${view.href}/close-out`} variant={steps.closeOut === 'first' ? 'filled' : 'default'}>
              {steps.closeOut === 'first' ? 'Close out' : 'Correct the close-out'}
            </Button>
          )}
          {steps.correct && mayCorrect ? (
            <Button component={Link} to={`${view.href}/correct`} variant="default">
              Correct
            </Button>
          ) : null}
        </>
      }
    />
  );
}
