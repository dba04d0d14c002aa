import { Anchor, Group, Text, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FixLink } from '../money-pages/fix-link.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import type { loadWizard } from './load.server.ts';

type Check = NonNullable<Awaited<ReturnType<typeof loadWizard>>['check']>;

interface Props {
  reason: 'unclosed' | 'unapproved';
  group: Check['unclosed'];
  answer: Pick<Refusal, 'errors' | 'form'> | undefined;
  mayAct: boolean;
}

/** Sessions that wait for a close-out or for its approval, each with the button that does it, and one for all of them. */
export function BlockedSessions({ reason, group, answer, mayAct }: Props) {
  if (group.count === 0) return null;
  const closing = reason === 'unclosed';
  const intent = closing ? 'close-out' : 'approve-close-outs';
  const ids = group.rows.filter((session) => session.begun).map((session) => session.sessionId);
  return (
    <section aria-labelledby={reason}>
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Title order={2} id={reason}>
            {leftOutLabel(reason)}: {group.count}
          </Title>
          <Text size="sm" c="dimmed">
            {leftOutMeaning(reason)}
          </Text>
        </div>
        {mayAct && ids.length > 1 ? (
          <ConfirmButton
            label={closing ? `All ${ids.length} took place` : `Approve all ${ids.length}`}
            confirm={closing ? `Close out ${ids.length} sessions` : `Approve ${ids.length} close-outs`}
            consequence={
              closing
                ? `Closes out ${ids.length} sessions as planned: everybody who had not cancelled attended, for the planned time. Families are billed and tutors paid by it.`
                : `Approves ${ids.length} close-outs as their tutors wrote them. Families are billed and tutors paid by them.`
            }
            fields={{ intent }}
          >
            {ids.map((id) => (
              <input key={id} type="hidden" name="session" value={id} />
            ))}
          </ConfirmButton>
        ) : null}
      </Group>
      {answer?.form === intent ? <ErrorSummary errors={answer.errors} /> : null}
      <DataTable
        caption={leftOutLabel(reason)}
        rows={group.rows}
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
          { key: 'students', header: 'Students', cell: (session) => session.students },
          { key: 'tutor', header: 'Tutor', cell: (session) => session.tutorName },
          {
            key: 'fix',
            header: 'What to do',
            cell: (session) =>
              !session.begun ? (
                'Not begun yet'
              ) : mayAct ? (
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="intent" value={intent} />
                  <Group gap="xs">
                    <SubmitButton name="session" value={session.sessionId} size="compact-sm" variant="default">
                      {closing ? 'Took place as planned' : 'Approve'}
                    </SubmitButton>
                    <FixLink
                      to={
                        closing
                          ? `/office/sessions/${session.sessionId}/close-out`
                          : `/office/sessions/${session.sessionId}#close-out`
                      }
                    >
                      {closing ? 'Close out' : 'Look'}
                    </FixLink>
                  </Group>
                </Form>
              ) : null,
          },
        ]}
      />
      {group.count > group.rows.length ? (
        <Text size="sm" c="dimmed" mt="xs">
          And {group.count - group.rows.length} more, after these.
        </Text>
      ) : null}
    </section>
  );
}
