import { Paper, Stack, Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import styles from './record-facts.module.css';

/** Label and value, one below the other. A fact without a value is left out. */
export function Facts({ rows }: { rows: [label: string, value: ReactNode][] }) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className={styles.facts}>
      {known.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Two columns on a desk, one on a phone. */
export function RecordColumns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

interface PanelProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

export function Panel({ title, aside, children }: PanelProps) {
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={title}>
      <Stack gap="sm">
        <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, alignItems: 'baseline' }}>
          <Title order={2}>{title}</Title>
          {aside}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}

export function RecordColumn({ children }: { children: ReactNode }) {
  return <div className={styles.column}>{children}</div>;
}

export function RecordTitle({ name, archived }: { name: string; archived: boolean }) {
  return (
    <>
      {name} {archived ? <span className={styles.archived}>Archived</span> : null}
    </>
  );
}
