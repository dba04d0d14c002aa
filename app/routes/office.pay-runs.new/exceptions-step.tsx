import { Alert, Anchor, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { unpaidLabel, unpaidMeaning } from '#app/domain/payroll/pay-run.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FixLink } from '../money-pages/fix-link.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import type { loadWizard } from './load.server.ts';
import { many } from './who-step.tsx';
import { type WizardAddress, wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;
type Blocked = Page['blocked'][number];

interface Props {
  /** Sessions of these days that are still to come. */
  toCome: number;
  address: Omit<WizardAddress, 'step'>;
  preview: NonNullable<Page['preview']>;
  blocked: Page['blocked'];
  currency: string;
  answer: Pick<Refusal, 'errors' | 'values' | 'form'> | undefined;
}

/** What keeps sessions out of the pay, each with what mends it; then what is worth a second look, and what stays out. */
export function ExceptionsStep({ toCome, address, preview, blocked, currency, answer }: Props) {
  const notes = preview.exceptions.filter((one) => !['unclosed', 'unapproved', 'missing_rate', 'time_sheets'].includes(one.code));
  const sheets = preview.exceptions.find((one) => one.code === 'time_sheets');
  const warned = preview.statements.filter((one) => one.warnings.length > 0);
  const others = preview.counts.filter(({ reason }) => !['unclosed', 'unapproved', 'missing_rate'].includes(reason));
  return (
    <Stack gap="xl">
      {notes.map((note) => (
        <Alert key={note.code} color="yellow" variant="light">
          <Text size="sm">{note.message}</Text>
        </Alert>
      ))}
      {blocked.length === 0 && !sheets ? (
        <Alert color="green" variant="light" title="Nothing stands in the way">
          Every session of these days that can be paid is in the run.
        </Alert>
      ) : null}
      {blocked.map((group) => (
        <section key={group.reason} aria-labelledby={group.reason} id={`${group.reason}-section`}>
          <Group justify="space-between" align="flex-start" mb="xs">
            <div>
              <Title order={2} id={group.reason}>
                {unpaidLabel(group.reason)}: {group.count}
              </Title>
              <Text size="sm" c="dimmed">
                {unpaidMeaning(group.reason)}
              </Text>
            </div>
            <AllAtOnce group={group} />
          </Group>
          {answer?.form && answer.form !== 'rate' ? <ErrorSummary errors={answer.errors} /> : null}
          {group.reason === 'missing_rate' ? (
            <MissingRates group={group} from={preview.from} currency={currency} answer={answer} />
          ) : (
            <Sessions group={group} />
          )}
          {group.count > group.sessions.length ? (
            <Text size="sm" c="dimmed" mt="xs">
              And {group.count - group.sessions.length} more, after these.
            </Text>
          ) : null}
        </section>
      ))}
      {sheets ? (
        <section aria-labelledby="sheets">
          <Title order={2} id="sheets" mb="xs">
            {sheets.message}
          </Title>
          <FixLink to="/office/time-sheets">Approve them or send them back</FixLink>
        </section>
      ) : null}
      {warned.length > 0 ? (
        <section aria-labelledby="warnings">
          <Title order={2} id="warnings" mb="xs">
            Worth a second look: {warned.length}
          </Title>
          <List size="sm" spacing={4}>
            {warned.map((one) => (
              <List.Item key={one.tutorId}>
                <Anchor
                  component={Link}
                  size="sm"
                  to={`${wizardAddress({ ...address, step: 'statements' }, { open: one.tutorId })}#t-${one.tutorId}`}
                >
                  {one.tutorName}
                </Anchor>
                : {one.warnings.map((warning) => warning.message).join('; ')}
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
      {toCome > 0 ? (
        <Text size="sm" c="dimmed">
          {many(toCome, 'session')} of these days {toCome === 1 ? 'is' : 'are'} still to come.
        </Text>
      ) : null}
      {others.length > 0 ? (
        <section aria-labelledby="stays-out">
          <Title order={2} id="stays-out" mb="xs">
            Not paid, and rightly so
          </Title>
          <List size="sm" spacing={2}>
            {others.map(({ reason, count }) => (
              <List.Item key={reason}>
                {unpaidLabel(reason)}: {count}{' '}
                <Text span c="dimmed" size="sm">
                  {unpaidMeaning(reason)}
                </Text>
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
    </Stack>
  );
}

function AllAtOnce({ group }: { group: Blocked }) {
  const ids = group.sessions.map((session) => session.sessionId);
  if (group.reason === 'missing_rate' || ids.length < 2) return null;
  const closing = group.reason === 'unclosed';
  return (
    <ConfirmButton
      label={closing ? `All ${ids.length} took place` : `Approve all ${ids.length}`}
      confirm={closing ? `Close out ${ids.length} sessions` : `Approve ${ids.length} close-outs`}
      consequence={
        closing
          ? `Closes out ${ids.length} sessions as planned: everybody who had not cancelled attended, for the planned time. Families are billed and tutors paid by it.`
          : `Approves ${ids.length} close-outs as their tutors wrote them. Families are billed and tutors paid by them.`
      }
      fields={{ intent: closing ? 'close-out' : 'approve-close-outs' }}
    >
      {ids.map((id) => (
        <input key={id} type="hidden" name="session" value={id} />
      ))}
    </ConfirmButton>
  );
}

function Sessions({ group }: { group: Blocked }) {
  const closing = group.reason === 'unclosed';
  return (
    <DataTable
      caption={unpaidLabel(group.reason)}
      rows={group.sessions}
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
        { key: 'tutor', header: 'Tutor', cell: (session) => session.tutorName },
        {
          key: 'fix',
          header: 'What to do',
          cell: (session) => (
            <Form method="post" preventScrollReset>
              <input type="hidden" name="intent" value={closing ? 'close-out' : 'approve-close-outs'} />
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
          ),
        },
      ]}
    />
  );
}

/** One form for each tutor without a rate: it settles all their sessions that wait for one. */
function MissingRates({ group, from, currency, answer }: { group: Blocked; from: string } & Pick<Props, 'currency' | 'answer'>) {
  const tutors = [...Map.groupBy(group.sessions, (session) => session.tutorId)];
  return (
    <Stack gap="md">
      {tutors.map(([tutorId, sessions]) => {
        const mine = answer?.form === 'rate' && answer.values.tutorId === tutorId;
        const earliest = sessions.reduce(
          (day, session) => (session.localDate < day ? session.localDate : day),
          sessions[0]?.localDate ?? from,
        );
        return (
          <Form method="post" key={tutorId} noValidate preventScrollReset>
            <input type="hidden" name="intent" value="rate" />
            <input type="hidden" name="tutorId" value={tutorId} />
            <Text size="sm" fw={500}>
              {sessions[0]?.tutorName}, {many(sessions.length, 'session')}
            </Text>
            <Group gap="sm" align="flex-start">
              <TextInput
                id={`amountPerHour.${tutorId}`}
                name="amountPerHour"
                label={`Pay an hour (${currency})`}
                inputMode="decimal"
                defaultValue={mine ? answer.values.amountPerHour : ''}
                error={answer?.errors[`amountPerHour.${tutorId}`]}
              />
              <TextInput
                id={`validFrom.${tutorId}`}
                name="validFrom"
                type="date"
                label="From"
                defaultValue={mine ? answer.values.validFrom : earliest}
                error={answer?.errors[`validFrom.${tutorId}`] ?? (mine ? answer.errors.validFrom : undefined)}
              />
              <SubmitButton mt={25} variant="default">
                Add the rate
              </SubmitButton>
            </Group>
          </Form>
        );
      })}
      <Text size="sm">
        <FixLink to="/office/rates/new?side=pay">A rate by subject, program or student</FixLink> or, where no-shows are paid by
        the fee, <FixLink to="/office/rates/new?side=charge">a charge rate</FixLink>
      </Text>
    </Stack>
  );
}
