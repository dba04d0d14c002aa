import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { InstantForm } from './instant-form.tsx';
import type { InstantAnswer, loadInstantPage } from './instant-page.server.ts';

type Page = Awaited<ReturnType<typeof loadInstantPage>>;

/** The page on which a session is started at once. */
export function InstantPage({ page, answer }: { page: Page; answer: InstantAnswer | undefined }) {
  const back = page.by === 'office' ? { to: '/office', label: 'Today' } : { to: '/tutor', label: 'Today' };
  const missing = whatIsMissing(page);
  return (
    <>
      <PageHeader title="Instant session" description="With one student, online, from this moment on." back={back} />
      {missing ? (
        <EmptyState {...missing} />
      ) : (
        <>
          {page.choices.providers.length === 0 ? <NoRoom maySetUp={page.maySetUp} /> : null}
          <InstantForm key={page.initial.studentIds?.[0]} page={page} answer={answer} />
        </>
      )}
    </>
  );
}

function whatIsMissing({ by, mayStart, mayInvite, choices }: Page): Parameters<typeof EmptyState>[0] | null {
  if (!mayStart)
    return {
      title: 'The office starts sessions here',
      text: 'Tutors of this company don’t start sessions by themselves. Ask the office, or book a time ahead.',
      action: { to: '/tutor/book', label: 'Book a session' },
    };
  if (choices.programs.length === 0)
    return {
      title: 'There is no program yet',
      text: 'A session belongs to a program, which says what it costs and how long it lasts.',
      action: by === 'office' ? { to: '/office/programs/new', label: 'Add a program' } : undefined,
    };
  if (choices.students.length === 0 && !mayInvite)
    return {
      title: 'No student is matched to you yet',
      text: 'When the office matches a student to you, you can start a session with them here at any time.',
      action: { to: '/tutor', label: 'Back to today' },
    };
  return null;
}

function NoRoom({ maySetUp }: { maySetUp: boolean }) {
  return (
    <Alert color="yellow" variant="light" role="note" title="No room can be had at once" mb="md">
      {maySetUp ? (
        <>
          Enable a meeting provider that makes rooms on the spot in{' '}
          <Anchor component={Link} to="/office/settings/plugins" inherit underline="always">
            the settings
          </Anchor>
          .
        </>
      ) : (
        'An administrator can enable a meeting provider that makes rooms on the spot.'
      )}
    </Alert>
  );
}
