import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { warningLabel } from '#app/domain/billing/run-warnings.ts';
import { shortPercent } from '#app/domain/billing/tax.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { many } from '../money-pages/many.ts';
import { periodQuery } from '../money-pages/period.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { AdjustFamily } from './adjust-family.tsx';
import { FamilyLines } from './family-lines.tsx';
import type { loadWizard } from './load.server.ts';
import styles from './preview-step.module.css';
import { scopeFields, wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  page: Page;
  families: NonNullable<Page['families']>;
  preview: NonNullable<Page['preview']>;
  answer: Refusal | undefined;
}

/** Every invoice of the run, a page at a time. Opened, it shows each line with its reason, and what can be changed. */
export function PreviewStep({ page, families, preview, answer }: Props) {
  const address = { ...page.shown, scope: page.scope, step: 'preview' as const };
  const { rows, opened, q } = families;
  if (preview.totals.lines === 0) {
    return (
      <EmptyState
        title="Nothing to bill in this period"
        text={
          preview.closed
            ? 'It was billed already; the invoices are in the list.'
            : 'No settled session or sold package of these days waits for an invoice.'
        }
        action={
          preview.closed
            ? { to: '/office/invoices', label: 'Show the invoices' }
            : { to: `/office/unbilled?${periodQuery(page.shown)}`, label: 'See what is unbilled, and why' }
        }
      />
    );
  }
  return (
    <>
      <RunFacts totals={preview.totals} />
      <Form method="get" action="/office/invoice-runs/new" preventScrollReset>
        {[['step', 'preview'], ['from', address.from], ['until', address.until], ...scopeFields(page.scope)].map(
          ([name, value]) => (
            <input key={`${name}${value}`} type="hidden" name={name} value={value} />
          ),
        )}
        <Group gap="xs" align="flex-end" mb="sm">
          <TextInput name="q" label="Find a family" defaultValue={q} key={q} flex="0 1 280px" />
          <Button type="submit" variant="default">
            Find
          </Button>
        </Group>
      </Form>
      {rows.length === 0 ? <Text size="sm">No family of this run has this in its name.</Text> : null}
      <ul className={styles.list} aria-label="Invoices of the run">
        {rows.map((family) => {
          const open = opened?.clientId === family.clientId ? opened : null;
          const extra = { q, page: String(families.page), ...(open ? {} : { open: family.clientId }) };
          return (
            <li key={family.clientId} id={`f-${family.clientId}`} className={styles.item}>
              <Link to={wizardAddress(address, extra)} preventScrollReset className={styles.row} aria-expanded={open !== null}>
                <span className={styles.name}>
                  <span aria-hidden>{open ? '▾' : '▸'}</span> {family.clientName}
                </span>
                <span className={styles.lines}>
                  {many(family.lines, 'line')}
                  {family.late > 0 ? `, ${family.late} late` : ''}
                </span>
                <span className={styles.amount}>
                  <Money value={family.total} />
                </span>
              </Link>
              {family.warnings.length > 0 ? (
                <Group gap="xs" pb="xs">
                  {family.warnings.map((warning) => (
                    <StatusBadge
                      key={warning.code + warning.text}
                      label={[warningLabel(warning.code), warning.text].filter(Boolean).join(': ')}
                      tone="attention"
                    />
                  ))}
                </Group>
              ) : null}
              {open ? (
                <div className={styles.inside}>
                  <FamilyLines family={open} mayAct={page.mayIssue} answer={answer} />
                  <Text size="sm" my="xs">
                    Net <Money value={open.net} />
                    {open.taxes
                      .filter((tax) => tax.tax !== 0n)
                      .map((tax) => (
                        <span key={tax.taxPercent}>
                          , tax {shortPercent(tax.taxPercent)}% of <Money value={tax.net} />: <Money value={tax.tax} />
                        </span>
                      ))}
                    , total <Money value={open.total} />
                  </Text>
                  {page.mayIssue ? (
                    <AdjustFamily
                      family={open}
                      formId={page.formId}
                      until={page.shown.until}
                      currency={page.currency}
                      answer={answer}
                    />
                  ) : null}
                  <Anchor component={Link} to={`/office/clients/${family.clientId}`} size="sm">
                    The family’s page
                  </Anchor>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {families.pages > 1 ? (
        <Group gap="md" mt="md" component="nav" aria-label="Pages">
          {families.page > 1 ? (
            <Anchor component={Link} to={wizardAddress(address, { q, page: String(families.page - 1) })} size="sm">
              Previous
            </Anchor>
          ) : null}
          <Text size="sm">
            Page {families.page} of {families.pages}, {many(families.matching, 'family', 'families')}
          </Text>
          {families.page < families.pages ? (
            <Anchor component={Link} to={wizardAddress(address, { q, page: String(families.page + 1) })} size="sm">
              Next
            </Anchor>
          ) : null}
        </Group>
      ) : null}
    </>
  );
}

export function RunFacts({ totals }: { totals: NonNullable<Page['preview']>['totals'] }) {
  return (
    <Facts
      facts={[
        ['Invoices', totals.families],
        ['Lines', totals.lines],
        ['Net', <Money key="net" value={totals.net} />],
        ['Tax', <Money key="tax" value={totals.tax} />],
        ['Total', <Money key="total" value={totals.total} />],
      ]}
    />
  );
}
