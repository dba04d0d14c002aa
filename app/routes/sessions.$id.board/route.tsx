import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listMessages } from '#app/domain/classroom/queries.server.ts';
import { findClassroomTrace, findReadableSession } from '#app/domain/classroom/read-classroom.server.ts';
import { bytesWords } from '#app/domain/files/file-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { Prose } from '#app/ui/session-sections.tsx';
import styles from './board.module.css';
import { BoardToRead } from './board-to-read.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Whiteboard and chat of ${page?.title ?? 'a session'} · Lectern` },
];

/** What was drawn and written in a session's classroom, for those who may, during it and ever after. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const session = await findReadableSession(db, args.context, id, { user });
  if (!session) throw notFound();
  const [trace, messages] = await Promise.all([findClassroomTrace(db, id), listMessages(db, id)]);
  const locale = user.locale ?? session.locale;
  const timeZone = user.timezone ?? session.timezone;
  const day = session.startsAt.toLocaleDateString(locale, {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  } as const);
  const time = (at: Date) => at.toLocaleTimeString(locale, { timeZone, hour: 'numeric', minute: '2-digit' });
  return {
    sessionId: id,
    title: session.title,
    when: `${day}, ${time(session.startsAt)}, with ${session.tutorName}`,
    back: can(user, 'session.edit') ? '/office' : user.tutorId === session.tutorId ? '/tutor' : '/family',
    drawn: trace?.drawn ?? false,
    messages: messages.map(({ id: messageId, from, body, file, sentAt }) => ({
      ...{ id: messageId, name: from.name, body, at: sentAt, time: time(new Date(sentAt)) },
      file: file && { ...file, size: bytesWords(file.bytes), href: `/classroom/${id}/files/${file.id}` },
    })),
  };
}

export default function SessionBoard() {
  const page = useLoaderData<typeof loader>();
  const { drawn, messages, sessionId } = page;
  return (
    <main id="main" className={styles.page}>
      <PageHeader
        back={{ to: `${page.back}/sessions/${sessionId}`, label: 'Session' }}
        title={`Whiteboard and chat: ${page.title}`}
        description={page.when}
      />
      {drawn || messages.length > 0 ? (
        <div className={styles.columns}>
          {drawn ? <BoardToRead sessionId={sessionId} /> : <Text c="dimmed">Nothing was drawn on the whiteboard.</Text>}
          <section aria-labelledby="chat-title">
            <Title order={2} id="chat-title" mb="xs">
              Chat
            </Title>
            {messages.length === 0 ? <Text c="dimmed">Nothing was written in the chat.</Text> : <Messages messages={messages} />}
          </section>
        </div>
      ) : (
        <EmptyState
          title="Nothing here"
          text="What is drawn on the whiteboard and written in the chat of a session’s classroom is kept here. In this one nothing was."
          action={{ to: `${page.back}/sessions/${sessionId}`, label: 'Back to the session' }}
        />
      )}
    </main>
  );
}

type Message = Awaited<ReturnType<typeof loader>>['messages'][number];

function Messages({ messages }: { messages: Message[] }) {
  return (
    <Stack gap="xs" component="ol" className={styles.messages}>
      {messages.map(({ id, name, body, at, time, file }) => (
        <Paper key={id} component="li" withBorder p="xs" radius="md">
          <Group gap="xs" justify="space-between">
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <Text size="sm" c="dimmed" component="time" dateTime={at} className="tabular">
              {time}
            </Text>
          </Group>
          {body ? <Prose>{body}</Prose> : null}
          {file ? (
            <Anchor href={file.href} download underline="always" size="sm">
              {file.name} ({file.size})
            </Anchor>
          ) : null}
        </Paper>
      ))}
    </Stack>
  );
}
