import { Anchor, Group, Text } from '@mantine/core';
import { Link, useLoaderData } from '@remix-run/react';
import {
  IconCalendarEvent,
  IconCoin,
  IconFile,
  IconHistory,
  IconInbox,
  IconListCheck,
  IconMail,
  IconNote,
  type IconProps,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { TimelineKind } from '#app/domain/timeline/timeline-filter.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordTitle } from '#app/ui/record-facts.tsx';
import { PersonTabs } from './person-tabs.tsx';
import { PLACES } from './person-words.ts';
import styles from './timeline.module.css';
import type { loadTimelinePage } from './timeline-page.server.ts';
import { kindNames } from './timeline-words.ts';

const icons: Record<TimelineKind, ComponentType<IconProps>> = {
  note: IconNote,
  file: IconFile,
  mail: IconMail,
  session: IconCalendarEvent,
  request: IconInbox,
  task: IconListCheck,
  change: IconHistory,
  money: IconCoin,
};

/** The tab "Timeline" of a person's or a request's page: all that happened, the newest first. */
export function TimelinePage() {
  const page = useLoaderData<typeof loadTimelinePage>();
  const { path, many, one } = PLACES[page.type];
  const chips = [{ kind: null, name: 'Everything' }, ...page.kinds.map((kind) => ({ kind, name: kindNames[kind] }))];
  const only: Record<string, string> = page.kind ? { kind: page.kind } : {};
  return (
    <>
      <PageHeader title={<RecordTitle name={page.name} archived={page.archived} />} back={{ to: path, label: many }} />
      <PersonTabs type={page.type} id={page.id} />
      <nav className={styles.kinds} aria-label="What is shown">
        {chips.map(({ kind, name }) => (
          <Link
            key={name}
            to={kind ? `?kind=${kind}` : '?'}
            className={styles.kind}
            aria-current={kind === page.kind ? 'true' : undefined}
            preventScrollReset
          >
            {name}
          </Link>
        ))}
      </nav>
      {page.lines.length === 0 ? (
        <Text c="dimmed" py="md">
          {page.older ? 'That was all.' : `Nothing of this has happened around this ${one} yet.`}
        </Text>
      ) : (
        <ol className={styles.timeline}>
          {page.lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </ol>
      )}
      <Group gap="md" mt="md" component="nav" aria-label="Pages of the timeline">
        {page.older ? (
          <Anchor component={Link} to={`?${new URLSearchParams(only)}`} size="sm">
            Newest
          </Anchor>
        ) : null}
        {page.next ? (
          <Anchor component={Link} to={`?${new URLSearchParams({ ...only, before: page.next })}`} size="sm" rel="next">
            Older
          </Anchor>
        ) : null}
      </Group>
    </>
  );
}

type TimelineLines = ReturnType<typeof useLoaderData<typeof loadTimelinePage>>['lines'];

function Line({ line }: { line: TimelineLines[number] }) {
  const Icon = icons[line.kind];
  return (
    <li className={styles.line}>
      <span className={styles.icon}>
        <Icon size={16} aria-label={kindNames[line.kind]} role="img" />
      </span>
      <div className={styles.said}>
        <div className={styles.title}>
          <Title line={line} />
          {line.amount ? (
            <>
              {' '}
              <Money value={BigInt(line.amount.minor)} {...(line.amount.currency ? { currency: line.amount.currency } : {})} />
            </>
          ) : null}
        </div>
        {line.body ? <p className={styles.body}>{line.body}</p> : null}
        <Text size="xs" c="dimmed" component="div">
          {[line.by, line.seenBy ? `seen by: ${line.seenBy.toLowerCase()}` : ''].filter(Boolean).join(' · ')}
          {line.by || line.seenBy ? ' · ' : ''}
          <DateTime value={line.at} plain />
        </Text>
      </div>
    </li>
  );
}

function Title({ line }: { line: TimelineLines[number] }) {
  if (!line.link) return <>{line.title}</>;
  // A file is saved, not shown: no page of ours.
  return line.kind === 'file' ? (
    <Anchor href={line.link} inherit>
      {line.title}
    </Anchor>
  ) : (
    <Anchor component={Link} to={line.link} inherit>
      {line.title}
    </Anchor>
  );
}
