import { Alert, Anchor, Group, List, Stack, Text, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { warningLabel, warningMeaning } from '#app/domain/billing/run-warnings.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { dayBefore, periodQuery } from '../money-pages/period.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { BlockedSessions } from './blocked-sessions.tsx';
import { CompleteForm } from './complete-form.tsx';
import type { loadWizard } from './load.server.ts';
import { MissingRates } from './missing-rates.tsx';
import { wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  page: Page;
  check: NonNullable<Page['check']>;
  preview: NonNullable<Page['preview']>;
  answer: Refusal | undefined;
}

/** What keeps places off the invoices, each with what mends it; what is worth a second look; and what is left out and why. */
export function CheckStep({ page, check, preview, answer }: Props) {
  const address = { ...page.shown, scope: page.scope };
  const clear = page.blocking === 0;
  const familyLink = (clientId: string) => `${wizardAddress({ ...address, step: 'preview' }, { open: clientId })}#f-${clientId}`;
  return (
    <Stack gap="xl">
      {preview.notes.map((note) => (
        <Alert key={note.code} color="yellow" variant="light">
          <Text size="sm">
            {note.message}{' '}
            {note.code === 'before_period' ? (
              <Anchor
                component={Link}
                size="sm"
                underline="always"
                to={`/office/unbilled?${periodQuery({ from: '2000-01-01', until: dayBefore(page.shown.from) })}&reason=ready`}
              >
                See which
              </Anchor>
            ) : null}
            {note.code === 'unfinished' && check.unfinished ? (
              <Anchor component={Link} size="sm" underline="always" to={`/office/invoice-runs/${check.unfinished}`}>
                To the run
              </Anchor>
            ) : null}
          </Text>
        </Alert>
      ))}
      {clear ? (
        <Alert color="green" variant="light" title="Nothing stands in the way">
          Every place of these days that can be billed is in the run.
        </Alert>
      ) : (
        <Text size="sm">
          What is mended here goes onto the invoices at once; what is not stays out of this run and is billed late, by the next.
        </Text>
      )}
      <BlockedSessions reason="unclosed" group={check.unclosed} answer={answer} mayAct={page.mayIssue} />
      <BlockedSessions reason="unapproved" group={check.unapproved} answer={answer} mayAct={page.mayIssue} />
      {check.missing.length > 0 ? <MissingRates rows={check.missing} currency={page.currency} answer={answer} /> : null}
      {check.held.length > 0 ? (
        <section aria-labelledby="held">
          <Title order={2} id="held" mb="xs">
            Held families: {check.held.length}
          </Title>
          <DataTable
            caption="Families that no run takes until they are let go"
            rows={check.held}
            rowKey={(one) => one.clientId}
            columns={[
              { key: 'family', header: 'Family', primary: true, cell: (one) => one.clientName },
              { key: 'why', header: 'Why', cell: (one) => one.reason },
              { key: 'since', header: 'Since', cell: (one) => <DateTime value={one.heldAt} show="date" plain />, wideOnly: true },
              { key: 'net', header: 'Waits, net', align: 'right', cell: (one) => <Money value={one.net} /> },
              {
                key: 'fix',
                header: 'What to do',
                cell: (one) =>
                  page.mayIssue ? (
                    <Form method="post" preventScrollReset>
                      <input type="hidden" name="intent" value="release" />
                      <SubmitButton name="clientId" value={one.clientId} size="compact-sm" variant="default">
                        Let go
                      </SubmitButton>
                    </Form>
                  ) : null,
              },
            ]}
          />
        </section>
      ) : null}
      {check.warnings.map((group) => (
        <section key={group.code} aria-labelledby={`w-${group.code}`}>
          <Title order={2} id={`w-${group.code}`}>
            {warningLabel(group.code)}: {group.count}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {warningMeaning(group.code)}
          </Text>
          <List size="sm" spacing={4}>
            {group.rows.map((one) => (
              <List.Item key={`${one.clientId}${one.text}`}>
                <Group gap="xs">
                  <Anchor
                    component={Link}
                    size="sm"
                    to={one.code === 'overdrawn' ? `/office/credits/${one.clientId}` : familyLink(one.clientId)}
                  >
                    {one.clientName}
                  </Anchor>
                  {one.text ? <span>{one.text}</span> : null}
                  {page.mayIssue && (one.code === 'no_address' || one.code === 'no_email') ? (
                    <CompleteForm clientId={one.clientId} clientName={one.clientName} what={one.code} answer={answer} />
                  ) : null}
                </Group>
              </List.Item>
            ))}
          </List>
          {group.count > group.rows.length ? (
            <Text size="sm" c="dimmed" mt="xs">
              And {group.count - group.rows.length} more.
            </Text>
          ) : null}
        </section>
      ))}
      {preview.counts.length > 0 ? (
        <section aria-labelledby="left-out">
          <Title order={2} id="left-out" mb="xs">
            Left out, and why
          </Title>
          <List size="sm" spacing={2}>
            {preview.counts.map(({ reason, count }) => (
              <List.Item key={reason}>
                <Anchor
                  component={Link}
                  size="sm"
                  underline="always"
                  to={`/office/unbilled?${periodQuery(page.shown)}&reason=${reason}`}
                >
                  {leftOutLabel(reason)}: {count}
                </Anchor>{' '}
                <Text span c="dimmed" size="sm">
                  {leftOutMeaning(reason)}
                </Text>
              </List.Item>
            ))}
          </List>
        </section>
      ) : null}
    </Stack>
  );
}
