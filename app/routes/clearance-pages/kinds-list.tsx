import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { currentOf, daysBetween, daysLeftText } from '#app/domain/clearances/clearance.ts';
import type { ClearanceRow, KindOfClearance } from '#app/domain/clearances/queries.server.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import styles from './kinds-list.module.css';
import { StandingBadge } from './standing-badge.tsx';

type OnePaper = Pick<ClearanceRow, 'id' | 'number' | 'issuedOn' | 'expiresOn' | 'until' | 'status' | 'note' | 'file'>;

export interface KindShown {
  type: { id: string; name: string };
  standing: KindOfClearance['standing'];
  required: boolean;
  papers: OnePaper[];
}

interface Props {
  kinds: readonly KindShown[];
  /** The company's day. */
  today: string;
  /** Where the office checks one; the tutor only reads. */
  paperPath?: string;
  /** Beside each kind, such as a link to send one in. */
  aside?: (kind: KindShown) => ReactNode;
}

/** Each kind of clearance with how the tutor stands, and the papers behind it. */
export function KindsList({ kinds, today, paperPath, aside }: Props) {
  return (
    <Stack gap="sm">
      {kinds.map((kind) => {
        const current = currentOf(kind.papers);
        return (
          <Paper key={kind.type.id} component="section" withBorder p="md" radius="md" aria-label={kind.type.name}>
            <Group justify="space-between" gap="xs" align="flex-start">
              <div>
                <Text fw={600} component="h2" size="md" m={0}>
                  {kind.type.name}
                </Text>
                <Text size="sm" c="dimmed">
                  {kind.required ? 'Required' : 'Not required'}
                  {current ? ', ' : ''}
                  {current ? <Until until={current.until} today={today} /> : null}
                </Text>
              </div>
              <Group gap="sm">
                <StandingBadge standing={kind.standing} required={kind.required} />
                {aside?.(kind)}
              </Group>
            </Group>
            {kind.papers.length > 0 ? (
              <ul className={styles.papers}>
                {kind.papers.map((paper) => (
                  <PaperLine key={paper.id} paper={paper} counts={paper === current} path={paperPath} />
                ))}
              </ul>
            ) : null}
          </Paper>
        );
      })}
    </Stack>
  );
}

/** Within so many days is said how many are left. */
const NEAR_DAYS = 90;

export function Until({ until, today }: { until: string | null; today: string }) {
  if (until === null) return <>good for ever</>;
  return (
    <>
      good until <LocalDate value={until} />
      {daysBetween(today, until) <= NEAR_DAYS ? ` (${daysLeftText(daysBetween(today, until))})` : ''}
    </>
  );
}

const statusText = (status: OnePaper['status'], counts: boolean) =>
  ({ to_check: 'to check', rejected: 'not accepted', valid: counts ? 'counts' : 'earlier one' })[status];

function PaperLine({ paper, counts, path }: { paper: OnePaper; counts: boolean; path: string | undefined }) {
  const days = [paper.issuedOn ? ['issued', paper.issuedOn] : null, paper.until ? ['until', paper.until] : null].filter(
    (part) => part !== null,
  );
  return (
    <li className={styles.paper}>
      <div>
        {paper.file ? <Anchor href={`/files/${paper.file.id}`}>{paper.file.name}</Anchor> : <span>Without a file</span>}
        <Text size="xs" c="dimmed">
          {statusText(paper.status, counts)}
          {paper.number ? `, number ${paper.number}` : ''}
          {days.map(([word, day]) => (
            <span key={word}>
              {', '}
              {word} <LocalDate value={day} />
            </span>
          ))}
        </Text>
        {paper.note ? <Text size="sm">{paper.note}</Text> : null}
      </div>
      {path ? (
        <Anchor component={Link} to={`${path}/${paper.id}`} size="sm">
          {paper.status === 'to_check' ? 'Check' : 'Change'}
        </Anchor>
      ) : null}
    </li>
  );
}
