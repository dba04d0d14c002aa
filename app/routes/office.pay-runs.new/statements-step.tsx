import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { hoursText } from '#app/domain/payroll/pay-warnings.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { BillLines } from '../money-pages/bill-lines.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { many } from '../money-pages/many.ts';
import { payLineView } from '../money-pages/pay-lines.ts';
import type { loadWizard } from './load.server.ts';
import { NothingToPay } from './nothing-to-pay.tsx';
import styles from './statements-step.module.css';
import { type WizardAddress, wizardAddress } from './wizard-address.ts';

type Page = Awaited<ReturnType<typeof loadWizard>>;

interface Props {
  address: Omit<WizardAddress, 'step'>;
  preview: NonNullable<Page['preview']>;
  /** The one whose lines are shown. */
  opened: Page['opened'];
}

/** What each tutor is owed. Opened, it shows every line with its reason; those with a warning come first. */
export function StatementsStep({ address, preview, opened }: Props) {
  const { totals, statements } = preview;
  if (statements.length === 0) {
    return (
      <NothingToPay
        closed={preview.closed}
        action={{ to: wizardAddress({ ...address, step: 'adjust' }), label: 'Add an adjustment' }}
      />
    );
  }
  const sorted = [...statements].sort((a, b) => Number(b.warnings.length > 0) - Number(a.warnings.length > 0));
  return (
    <>
      <PayFacts totals={totals} />
      <ul className={styles.list} aria-label="Statements">
        {sorted.map((one) => {
          const open = opened?.tutorId === one.tutorId;
          const to = wizardAddress({ ...address, step: 'statements' }, open ? {} : { open: one.tutorId });
          return (
            <li key={one.tutorId} id={`t-${one.tutorId}`} className={styles.item}>
              <Link to={to} preventScrollReset className={styles.row} aria-expanded={open}>
                <span className={styles.name}>
                  <span aria-hidden>{open ? '▾' : '▸'}</span> {one.tutorName}
                  <Text size="xs" c="dimmed" span display="block">
                    {many(one.lines, 'line')}, {hoursText(one.minutes)} h{one.late > 0 ? `, ${one.late} late` : ''}
                  </Text>
                </span>
                <Figure label="Wages" value={one.wages} />
                <Figure label="Mileage" value={one.mileage} />
                <Figure label="Adjustments" value={one.adjustments} />
                <Figure label="Total" value={one.total} strong />
              </Link>
              {one.warnings.length > 0 ? (
                <Group gap="xs" pb="xs">
                  {one.warnings.map((warning) => (
                    <StatusBadge key={warning.code} label={warning.message} tone="attention" />
                  ))}
                </Group>
              ) : null}
              {open && opened ? (
                <div className={styles.inside}>
                  <BillLines
                    caption={`Lines of ${one.tutorName}`}
                    lines={opened.lines.map((line) => payLineView(line, '/office/sessions'))}
                  />
                  <Anchor component={Link} to={`/office/tutors/${one.tutorId}`} size="sm">
                    The tutor’s page
                  </Anchor>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function PayFacts({ totals }: { totals: NonNullable<Page['preview']>['totals'] }) {
  return (
    <Facts
      facts={[
        ['Tutors', totals.tutors],
        ['Lines', totals.lines],
        ['Wages', <Money key="w" value={totals.wages} />],
        ['Mileage', <Money key="m" value={totals.mileage} />],
        ['Adjustments', <Money key="a" value={totals.adjustments} />],
        ['Total', <Money key="t" value={totals.total} />],
      ]}
    />
  );
}

function Figure({ label, value, strong = false }: { label: string; value: bigint; strong?: boolean }) {
  return (
    <span className={styles.figure} data-zero={value === 0n}>
      <span className={styles.label}>{label}</span>
      <Text span fw={strong ? 600 : 400} size="sm">
        <Money value={value} />
      </Text>
    </span>
  );
}
