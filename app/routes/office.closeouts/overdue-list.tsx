import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { many } from '../money-pages/many.ts';

export interface OverdueSession {
  id: string;
  href: string;
  title: string;
  when: string;
  students: string;
  /** "3 days" */
  waits: string;
  sentBackReason: string | null;
  closeOut: string;
}

/** A tutor and what they haven't closed out. */
export interface OverdueTutor {
  id: string;
  name: string;
  href: string;
  phone: string | null;
  /** "Reminded Yesterday, 15:04"; or that they weren't yet. */
  reminded: string;
  sessions: OverdueSession[];
}

const columns = (tutor: OverdueTutor): Column<OverdueSession>[] => [
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (row) => (
      <>
        <Anchor component={Link} to={row.href} size="sm">
          {row.title}
        </Anchor>
        {row.sentBackReason ? (
          <Text size="xs" c="dimmed">
            Sent back: {row.sentBackReason}
          </Text>
        ) : null}
      </>
    ),
  },
  { key: 'when', header: 'When', cell: (row) => <span className="tabular">{row.when}</span> },
  { key: 'waits', header: 'Waiting', cell: (row) => <span className="tabular">{row.waits}</span> },
  { key: 'students', header: 'Students', cell: (row) => row.students },
  {
    key: 'do',
    header: 'Way out',
    cell: (row) => (
      <Anchor
        component={Link}
        to={row.closeOut}
        size="sm"
        aria-label={`Close out ${row.title}, ${row.when}, on behalf of ${tutor.name}`}
      >
        Close out on behalf
      </Anchor>
    ),
  },
];

/** By tutor, whoever lets wait the longest first: each with what is open, and the reminder at a click. */
export function OverdueList({
  tutors,
  error,
}: {
  tutors: readonly OverdueTutor[];
  error: { id: string; message: string } | undefined;
}) {
  return (
    <Stack gap="md">
      {tutors.map((tutor) => (
        <Paper key={tutor.id} withBorder radius="md" p="md" component="section" aria-labelledby={`tutor-${tutor.id}`}>
          <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
            <div>
              <Title order={2} size="h4" id={`tutor-${tutor.id}`}>
                <Anchor component={Link} to={tutor.href} inherit>
                  {tutor.name}
                </Anchor>
                : {many(tutor.sessions.length, 'session')}
              </Title>
              <Text size="sm" c="dimmed">
                {tutor.reminded}
                {tutor.phone ? (
                  <>
                    {' · '}
                    <Anchor href={`tel:${tutor.phone.replaceAll(/[^\d+]/g, '')}`} size="sm">
                      {tutor.phone}
                    </Anchor>
                  </>
                ) : null}
              </Text>
            </div>
            <Form method="post" preventScrollReset>
              <SubmitButton name="remind" value={tutor.id} variant="default" size="xs" aria-label={`Remind ${tutor.name} now`}>
                Remind now
              </SubmitButton>
              {error?.id === tutor.id ? (
                <Text size="sm" c="var(--mantine-color-error)" role="alert" mt={4}>
                  {error.message}
                </Text>
              ) : null}
            </Form>
          </Group>
          <DataTable
            caption={`Not closed out by ${tutor.name}`}
            columns={columns(tutor)}
            rows={tutor.sessions}
            rowKey={(row) => row.id}
          />
        </Paper>
      ))}
    </Stack>
  );
}
