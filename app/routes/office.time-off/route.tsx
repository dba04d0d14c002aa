import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { decideTimeOffSchema } from '#app/domain/scheduling/availability.schema.ts';
import { decideTimeOff } from '#app/domain/scheduling/decide-time-off.server.ts';
import { listTimeOff } from '#app/domain/scheduling/time-off-queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import styles from '../availability-pages/cards.module.css';
import { TimeOffCard } from '../availability-pages/time-off-card.tsx';
import { type TimeOffView, viewTimeOff } from '../availability-pages/time-off-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'When tutors ask not to be planned. Before you decide you see which sessions fall into it, and can move them.',
  about: 'office/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Time off · Lectern' }];

const PAST_SHOWN = 30;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'timeoff.decide');
  const { reader } = await readerFor(user, context);
  const { db } = context;
  const [waiting, ahead, past] = await Promise.all([
    listTimeOff(db, { statuses: ['requested'], endsAfter: reader.now }),
    listTimeOff(db, { statuses: ['approved'], endsAfter: reader.now }),
    listTimeOff(db, {
      statuses: ['approved', 'declined', 'requested'],
      endsBefore: reader.now,
      order: 'desc',
      limit: PAST_SHOWN,
    }),
  ]);
  const view = (row: (typeof waiting)[number]) => viewTimeOff(row, reader, '/office/sessions');
  return {
    waiting: waiting.map(view),
    ahead: ahead.map(view),
    past: past.map(view),
    done: new URL(request.url).searchParams.get('done'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'timeoff.decide');
  const form = await request.formData();
  const read = decideTimeOffSchema.safeParse({
    id: form.get('id'),
    version: form.get('version'),
    approve: form.get('intent') === 'approve',
    note: String(form.get('note') ?? ''),
  });
  const refuse = (message: string, status: number) =>
    data({ id: String(form.get('id')), note: String(form.get('note') ?? ''), message }, { status });
  if (!read.success) return refuse(read.error.issues[0]?.message ?? 'That can’t be read.', 400);
  try {
    await decideTimeOff(context.db, context, actorOf(user, context), read.data);
    return redirect(`/office/time-off?done=${read.data.approve ? 'approved' : 'declined'}`);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return refuse(error.message, statusOf(error));
  }
}

export default function TimeOff() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const empty = page.waiting.length + page.ahead.length + page.past.length === 0;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Time off"
        description="What tutors ask for. Once approved, nobody but the office books them then."
      />
      <ToldAlert told={answer} />
      {page.done && !answer ? (
        <Alert
          color="green"
          variant="light"
          mb="md"
          role="status"
          title={`${page.done === 'approved' ? 'Approved' : 'Declined'}. The tutor gets a mail.`}
        />
      ) : null}
      {empty ? (
        <EmptyState
          title="Nobody is away"
          text="Tutors ask for time off on their page of hours; it waits here for your answer. For somebody who rang, give it on the tutor’s own page."
          action={{ to: '/office/tutors', label: 'Choose a tutor' }}
        />
      ) : (
        <Stack gap="xl" maw={860}>
          <OffList title="Waiting for an answer" id="waiting" rows={page.waiting} none="Nothing waits.">
            {(off) => <Answer key={off.version} off={off} note={answer?.id === off.id ? answer.note : ''} />}
          </OffList>
          <OffList title="Approved and ahead" id="ahead" rows={page.ahead} none="Nobody is away in the time ahead.">
            {(off) => (off.sessions.length > 0 ? <ToAbsence off={off} /> : null)}
          </OffList>
          {page.past.length > 0 ? <OffList title="Past" id="past" rows={page.past} none="" /> : null}
        </Stack>
      )}
    </>
  );
}

interface OffListProps {
  title: string;
  id: string;
  rows: readonly TimeOffView[];
  none: string;
  children?: (off: TimeOffView) => React.ReactNode;
}

function OffList({ title, id, rows, none, children }: OffListProps) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="sm">
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed" size="sm">
          {none}
        </Text>
      ) : null}
      <ul className={styles.list}>
        {rows.map((off) => (
          <TimeOffCard key={off.id} off={off} withTutor>
            {children?.(off)}
          </TimeOffCard>
        ))}
      </ul>
    </section>
  );
}

function Answer({ off, note }: { off: TimeOffView; note: string }) {
  return (
    <Form method="post" style={{ flex: '0 1 20rem' }}>
      <input type="hidden" name="id" value={off.id} />
      <input type="hidden" name="version" value={off.version} />
      <Stack gap="xs">
        <Textarea
          name="note"
          label="Note to the tutor"
          aria-label={`Note to ${off.tutorName}`}
          defaultValue={note}
          autosize
          minRows={1}
          maxLength={500}
        />
        <Group gap="xs">
          <SubmitButton name="intent" value="approve" aria-label={`Approve: ${off.tutorName}, ${off.when}`}>
            Approve
          </SubmitButton>
          <SubmitButton name="intent" value="decline" variant="default" aria-label={`Decline: ${off.tutorName}, ${off.when}`}>
            Decline
          </SubmitButton>
        </Group>
        {off.sessions.length > 0 ? <ToAbsence off={off} /> : null}
      </Stack>
    </Form>
  );
}

/** Where the sessions of these days are moved, given to somebody else or cancelled. */
function ToAbsence({ off }: { off: TimeOffView }) {
  return (
    <div>
      <Button
        component={Link}
        to={`/office/tutors/${off.tutorId}/absence?from=${off.firstDay}&to=${off.lastDay}`}
        variant="default"
        size="compact-sm"
      >
        Deal with the sessions
      </Button>
    </div>
  );
}
