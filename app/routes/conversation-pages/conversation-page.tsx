import { Alert, Anchor, Button, Stack, Text, Textarea } from '@mantine/core';
import { Form, Link, useActionData, useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './conversation.module.css';
import type { loadConversation } from './conversation.server.ts';
import { Message } from './message.tsx';
import { listOf } from './places.ts';

const LOOKED_AGAIN_MS = 20_000;

export function ConversationPage() {
  const page = useLoaderData<typeof loadConversation>();
  const { place, tutor, student } = page;
  const end = useRef<HTMLDivElement>(null);
  const count = page.messages.length;
  const written = page.messages.filter((message) => message.mine).at(-1)?.id ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is what it scrolls to
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  useLookAgain();
  return (
    <>
      <PageHeader
        title={place === 'tutor' ? student.name : place === 'family' ? tutor.name : `${tutor.name} and ${student.name}’s family`}
        back={{ to: listOf(place), label: 'Messages' }}
        description={<About />}
        actions={page.may.moderate ? <Closing closed={page.closed} /> : null}
      />
      <Stack gap="md" maw={860}>
        {page.more === null ? null : (
          <Anchor component={Link} to={`?show=${page.more}`} size="sm" preventScrollReset>
            Earlier messages
          </Anchor>
        )}
        {count === 0 ? <Text c="dimmed">Nothing is written yet.</Text> : null}
        <ol className={styles.thread} aria-label="Messages, the newest last">
          {page.messages.map((message) => (
            <Message key={message.id} message={message} newestOwn={message.id === written} moderated={page.may.moderate} />
          ))}
        </ol>
        <div ref={end} />
        {place === 'office' ? null : <ReadMark newest={page.newest} />}
        {page.whyNot && !page.may.write ? <Alert role="note">{page.whyNot}</Alert> : null}
        {page.may.write ? <Compose key={written} shownKey={page.key} /> : null}
      </Stack>
    </>
  );
}

function About() {
  const { place, student, tutor } = useLoaderData<typeof loadConversation>();
  if (place === 'family') return <>About {student.name}. The office reads along.</>;
  if (place === 'tutor') {
    return (
      <>
        With the whole family.{' '}
        <Anchor component={Link} to={`/tutor/students/${student.id}`} inherit>
          {student.name}’s page
        </Anchor>
        . The office reads along.
      </>
    );
  }
  return (
    <>
      <Anchor component={Link} to={`/office/tutors/${tutor.id}`} inherit>
        {tutor.name}
      </Anchor>
      ,{' '}
      <Anchor component={Link} to={`/office/students/${student.id}`} inherit>
        {student.name}
      </Anchor>
    </>
  );
}

/** Empty again once what was written stands above; until then what is typed stays, however often the page looks again. */
function Compose({ shownKey }: { shownKey: string }) {
  const { place } = useLoaderData<typeof loadConversation>();
  const answer = useActionData<RecordAnswer>() ?? undefined;
  const form = useFocusFirstError(answer);
  const { field } = recordFields({}, answer);
  // The key of the form as it was begun: the page makes another each time it looks.
  const [key] = useState(shownKey);
  const [unsent, setUnsent] = useState(false);
  return (
    <Form
      method="post"
      ref={form}
      noValidate
      onSubmit={(event) => {
        // Sent without a connection the page would give way to one that says so, and what was typed with it.
        if (!navigator.onLine) event.preventDefault();
        setUnsent(!navigator.onLine);
      }}
    >
      <input type="hidden" name="intent" value="write" />
      <input type="hidden" name="key" value={key} />
      <Stack gap="xs">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={{ body: 'Message' }} />
        <Textarea
          {...field('body')}
          label={place === 'office' ? 'Write in the company’s name, to both sides' : 'Write a message'}
          autosize
          minRows={3}
          maxRows={14}
          required
        />
        {unsent ? (
          <Alert color="yellow" role="alert" title="There is no connection">
            What you typed is still here. Send it when you are connected again.
          </Alert>
        ) : null}
        <SubmitButton style={{ alignSelf: 'flex-end' }}>Send</SubmitButton>
      </Stack>
    </Form>
  );
}

/** The page is open, so what is on it has been read; without a script a button says so. */
function ReadMark({ newest }: { newest: string | null }) {
  const { submit } = useFetcher();
  useEffect(() => {
    if (newest) submit({ intent: 'read', until: newest }, { method: 'post' });
  }, [newest, submit]);
  if (!newest) return null;
  return (
    <noscript>
      <form method="post">
        <input type="hidden" name="intent" value="read" />
        <input type="hidden" name="until" value={newest} />
        <Button type="submit" variant="default" size="xs">
          I have read this
        </Button>
      </form>
    </noscript>
  );
}

function useLookAgain() {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && navigator.onLine && state === 'idle') revalidate();
    };
    const timer = setInterval(look, LOOKED_AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [revalidate, state]);
}

function Closing({ closed }: { closed: boolean }) {
  if (closed) {
    return (
      <Form method="post">
        <input type="hidden" name="intent" value="open" />
        <SubmitButton variant="default">Open again</SubmitButton>
      </Form>
    );
  }
  return (
    <ConfirmButton
      label="Close"
      consequence="Nobody can write here any more until it is opened again. What was written stays to be read."
      confirm="Close the conversation"
      fields={{ intent: 'close' }}
    />
  );
}
