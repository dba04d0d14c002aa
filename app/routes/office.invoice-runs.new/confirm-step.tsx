import { Alert, Radio, Stack, Text } from '@mantine/core';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { many } from '../money-pages/many.ts';
import { periodQuery } from '../money-pages/period.ts';
import type { loadWizard } from './load.server.ts';
import { RunFacts } from './preview-step.tsx';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  page: Page;
  preview: NonNullable<Page['preview']>;
  secondPerson: boolean;
}

/** The last look at the whole, and the button that can't be taken back. */
export function ConfirmStep({ page, preview, secondPerson }: Props) {
  const { totals } = preview;
  if (totals.lines === 0) {
    return (
      <EmptyState
        title="Nothing to issue"
        text="No settled session or sold package of these days waits for an invoice."
        action={{ to: `/office/unbilled?${periodQuery(page.shown)}`, label: 'See what is unbilled, and why' }}
      />
    );
  }
  if (!page.mayIssue) {
    return (
      <Alert variant="light" color="gray">
        You may look, an administrator issues.
      </Alert>
    );
  }
  const invoices = many(totals.families, 'invoice');
  return (
    <Stack gap="md" maw={640}>
      <RunFacts totals={totals} />
      {page.blocking > 0 ? (
        <Alert variant="light" color="yellow">
          {many(page.blocking, 'place')} of these days {page.blocking === 1 ? 'stays' : 'stay'} out because something is missing.
          The next run takes them, marked late.
        </Alert>
      ) : null}
      {secondPerson ? (
        <Text size="sm">A second person confirms what you have put together. Nothing is issued before that.</Text>
      ) : null}
      <ConfirmButton
        align="start"
        main
        label={secondPerson ? `Put ${invoices} forward` : `Issue ${invoices}`}
        confirm={secondPerson ? 'Put them forward' : `Issue ${invoices} now`}
        consequence={
          secondPerson ? (
            <>
              The other administrators are told, and one of them issues {invoices} of <Money value={totals.total} /> or sends them
              back to you.
            </>
          ) : (
            <>
              Issues {invoices} of <Money value={totals.total} />. An issued invoice never changes; a mistake is taken back by a
              credit note.
            </>
          )
        }
        fields={{
          from: preview.from,
          to: preview.to,
          hash: preview.hash,
          seen: preview.seen,
          ...(secondPerson ? { intent: 'propose' } : {}),
        }}
      >
        <Radio.Group name="send" defaultValue="now" label="Mails to families">
          <Stack gap={6} mt={4}>
            <Radio value="now" label={`Send ${many(preview.mailed, 'mail')} as they are issued`} />
            <Radio value="later" label="Not now; the run’s page has a button to send them" />
          </Stack>
        </Radio.Group>
      </ConfirmButton>
    </Stack>
  );
}
