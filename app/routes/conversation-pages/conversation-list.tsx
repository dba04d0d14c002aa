import { Button, Group, Text, TextInput } from '@mantine/core';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { PageLinks } from '../planning-pages/tabs.tsx';
import styles from './conversation.module.css';
import type { ConversationListData, loadConversations } from './list.server.ts';
import { listOf, type Place } from './places.ts';

const ABOUT: Record<Place, string> = {
  tutor: 'With the families of your students. The office reads along.',
  family: 'With the tutors who teach in your family. The office reads along.',
  office: 'What tutors and families write to each other. You read all of it, and can write in the company’s name.',
};
const EMPTY: Record<Place, string> = {
  tutor: 'Here you write to the families of your students, about a book to bring or how it goes.',
  family: 'Here you write to the tutors, about a book to bring or how it goes.',
  office: 'As soon as a tutor and a family write to each other, you find it here.',
};

const HELP = {
  tutor: {
    text: 'What you and the families of your students write to each other, one conversation for each student. It comes by mail too.',
    about: 'tutor/messages',
  },
  family: {
    text: 'What you and your tutors write to each other, one conversation for each student. It comes by mail too.',
    about: 'family/messages',
  },
  office: {
    text: 'You may read along, write as the company, take out what should not stand there, and close a conversation.',
    about: 'office/messages',
  },
} as const;

export function ConversationList() {
  const page = useLoaderData<typeof loadConversations>();
  const { place, q, conversations } = page;
  const here = listOf(place);
  const nothing = conversations.length === 0 && !q && !page.student;
  const begin = page.mayBegin
    ? { to: `${here}/new${page.student ? `?student=${page.student}` : ''}`, label: 'New message' }
    : undefined;
  return (
    <>
      <PageHeader
        title="Messages"
        help={HELP[place]}
        description={page.on ? ABOUT[place] : 'Messages are switched off. What was written before can be read.'}
        actions={
          begin && !nothing ? (
            <Button component={Link} to={begin.to}>
              {begin.label}
            </Button>
          ) : null
        }
      />
      {nothing ? (
        <EmptyState
          title="No messages yet"
          text={`${EMPTY[place]}${page.on && place !== 'office' && !page.mayBegin ? ' You can as soon as lessons are planned.' : ''}`}
          action={begin}
        />
      ) : (
        <section aria-label="Conversations">
          <Search q={q} student={page.student} />
          {conversations.length === 0 ? (
            <Text c="dimmed">Nothing is found for “{q}”.</Text>
          ) : (
            <ul className={styles.list}>
              {conversations.map((one) => (
                <li key={one.id}>
                  <Line line={one} to={`${here}/${one.id}`} />
                </li>
              ))}
            </ul>
          )}
          <PageLinks
            page={page.page}
            pages={page.pages}
            total={page.total}
            many="conversations"
            to={(number) => `?${new URLSearchParams({ ...(q ? { q } : {}), page: String(number) })}`}
          />
        </section>
      )}
    </>
  );
}

const BY: Record<string, string> = { office: 'The office: ' };

function Line({ line, to }: { line: ConversationListData['conversations'][number]; to: string }) {
  return (
    <Link to={to} className={styles.line} data-unread={line.unread > 0 || undefined}>
      <span className={styles.lineHead}>
        <span className={styles.lineTitle}>
          {line.title}
          {line.about ? <span className={styles.lineAbout}> about {line.about}</span> : null}
        </span>
        <Text span size="xs" c="dimmed">
          <DateTime value={line.lastAt} plain />
        </Text>
      </span>
      <span className={styles.lineHead}>
        <span className={styles.excerpt}>
          {line.excerpt === null ? <i>Taken out by the office</i> : `${BY[line.lastBy ?? ''] ?? ''}${line.excerpt}`}
        </span>
        {line.unread > 0 ? <span className={styles.unread}>{line.unread} new</span> : null}
        {line.closed ? <StatusBadge label="Closed" tone="neutral" /> : null}
      </span>
    </Link>
  );
}

function Search({ q, student }: { q: string; student: string | null }) {
  return (
    <Form method="get" role="search">
      <Group gap="xs" mb="sm" wrap="nowrap">
        {student ? <input type="hidden" name="student" value={student} /> : null}
        <TextInput
          key={q}
          type="search"
          name="q"
          defaultValue={q}
          aria-label="Search messages by a name or a word in them"
          placeholder="Name or word"
          leftSection={<IconSearch size={16} aria-hidden />}
          flex="0 1 280px"
        />
        <Button type="submit" variant="default" flex="none">
          Search
        </Button>
      </Group>
    </Form>
  );
}
