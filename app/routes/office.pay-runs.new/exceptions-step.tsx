import { Alert, Anchor, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { unpaidLabel, unpaidMeaning } from '#app/domain/payroll/pay-run.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FixLink } from '../money-pages/fix-link.tsx';
import { many } from '../money-pages/many.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { DoAll, intentOf, WaitingSection, WaitingSessions } from '../money-pages/waiting-sessions.tsx';
import type { loadWizard } from './load.server.ts';
import { MissingPayRates } from './missing-pay-rates.tsx';
import { type WizardAddress, wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

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
          <Text size="sm">
            {note.message}{' '}
            {note.code === 'before_period' || note.code === 'closed' ? (
              <Anchor component={Link} to={wizardAddress({ ...address, step: 'who' })} size="sm" underline="always">
                Choose other days
              </Anchor>
            ) : null}
          </Text>
        </Alert>
      ))}
      {blocked.length === 0 && !sheets ? (
        <Alert color="green" variant="light" title="Nothing stands in the way">
          Every session of these days that can be paid is in the run.
        </Alert>
      ) : null}
      {blocked.map(({ reason, count, sessions }) => (
        <WaitingSection
          key={reason}
          id={reason}
          label={unpaidLabel(reason)}
          meaning={unpaidMeaning(reason)}
          count={count}
          shown={sessions.length}
          action={
            reason === 'missing_rate' ? null : <DoAll waitsFor={reason} sessionIds={sessions.map((one) => one.sessionId)} />
          }
        >
          {reason === 'missing_rate' ? (
            <MissingPayRates sessions={sessions} from={preview.from} currency={currency} answer={answer} />
          ) : (
            <>
              {answer?.form === intentOf(reason) ? <ErrorSummary errors={answer.errors} /> : null}
              <WaitingSessions caption={unpaidLabel(reason)} waitsFor={reason} sessions={sessions} />
              {reason === 'unclosed' ? (
                <Text size="sm" mt="xs">
                  <FixLink to="/office/closeouts?show=overdue&all=1">Remind their tutors</FixLink>
                </Text>
              ) : null}
            </>
          )}
        </WaitingSection>
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
