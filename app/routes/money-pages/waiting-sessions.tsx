import { Anchor, Group, Text, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FixLink } from './fix-link.tsx';

/** What sessions of a run wait for that can be done on the spot. */
export type WaitsFor = 'unclosed' | 'unapproved';

const words = {
  unclosed: {
    intent: 'close-out',
    one: 'Took place as planned',
    all: (n: number) => `All ${n} took place`,
    confirm: (n: number) => `Close out ${n} sessions`,
    consequence: (n: number) =>
      `Closes out ${n} sessions as planned: everybody who had not cancelled attended, for the planned time. Families are billed and tutors paid by it.`,
    page: (id: string) => `/office/sessions/${id}/close-out`,
    open: 'Close out',
  },
  unapproved: {
    intent: 'approve-close-outs',
    one: 'Approve',
    all: (n: number) => `Approve all ${n}`,
    confirm: (n: number) => `Approve ${n} close-outs`,
    consequence: (n: number) =>
      `Approves ${n} close-outs as their tutors wrote them. Families are billed and tutors paid by them.`,
    page: (id: string) => `/office/sessions/${id}#close-out`,
    open: 'Look',
  },
} as const;

/** The intent that the buttons for it send. */
export const intentOf = (waitsFor: WaitsFor) => words[waitsFor].intent;

/** The button that does for all of these sessions what they wait for; none for a single one, which has its own. */
export function DoAll({ waitsFor, sessionIds }: { waitsFor: WaitsFor; sessionIds: readonly string[] }) {
  const n = sessionIds.length;
  if (n < 2) return null;
  const { intent, all, confirm, consequence } = words[waitsFor];
  return (
    <ConfirmButton label={all(n)} confirm={confirm(n)} consequence={consequence(n)} fields={{ intent }}>
      {sessionIds.map((id) => (
        <input key={id} type="hidden" name="session" value={id} />
      ))}
    </ConfirmButton>
  );
}

interface Waiting {
  sessionId: string;
  startsAt: Date;
  tutorName: string;
  students?: string;
  /** False where it is still to come. */
  begun?: boolean;
}

interface TableProps {
  caption: string;
  waitsFor: WaitsFor;
  sessions: readonly Waiting[];
  mayAct?: boolean;
}

/** Sessions that wait for a close-out or for its approval, each with the button that does it. */
export function WaitingSessions({ caption, waitsFor, sessions, mayAct = true }: TableProps) {
  const { intent, one, page, open } = words[waitsFor];
  return (
    <DataTable
      caption={caption}
      rows={sessions}
      rowKey={(session) => session.sessionId}
      columns={[
        {
          key: 'session',
          header: 'Session',
          primary: true,
          cell: (session) => (
            <Anchor component={Link} to={`/office/sessions/${session.sessionId}`} size="sm">
              <DateTime value={session.startsAt} />
            </Anchor>
          ),
        },
        ...(sessions.some((session) => session.students !== undefined)
          ? [{ key: 'students', header: 'Students', cell: (session: Waiting) => session.students }]
          : []),
        { key: 'tutor', header: 'Tutor', cell: (session) => session.tutorName },
        {
          key: 'fix',
          header: 'What to do',
          cell: (session) => {
            if (session.begun === false) return 'Not begun yet';
            if (!mayAct) return null;
            return (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="intent" value={intent} />
                <Group gap="xs">
                  <SubmitButton name="session" value={session.sessionId} size="compact-sm" variant="default">
                    {one}
                  </SubmitButton>
                  <FixLink to={page(session.sessionId)}>{open}</FixLink>
                </Group>
              </Form>
            );
          },
        },
      ]}
    />
  );
}

interface SectionProps {
  id: string;
  label: string;
  meaning: string;
  count: number;
  /** How many of them are shown. */
  shown: number;
  /** What mends all of them at once. */
  action?: ReactNode;
  children: ReactNode;
}

/** What keeps sessions out of a run: how many, what it means, what mends it. */
export function WaitingSection({ id, label, meaning, count, shown, action, children }: SectionProps) {
  return (
    <section aria-labelledby={id} id={`${id}-section`}>
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Title order={2} id={id}>
            {label}: {count}
          </Title>
          <Text size="sm" c="dimmed">
            {meaning}
          </Text>
        </div>
        {action}
      </Group>
      {children}
      {count > shown ? (
        <Text size="sm" c="dimmed" mt="xs">
          And {count - shown} more, after these.
        </Text>
      ) : null}
    </section>
  );
}
