import { Alert, Box, Text } from '@mantine/core';
import { useNavigate, useRevalidator } from '@remix-run/react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { CLOSE_OUT_FORM, CloseOutForm, type CloseOutFormProps } from '#app/ui/close-out/close-out-form.tsx';
import { DraftNote } from '#app/ui/close-out/draft-note.tsx';
import { fieldsOf } from '#app/ui/close-out/fields.ts';
import { dropDraft, listWaiting, onWaitingChange } from '#app/ui/close-out/kept-here.ts';
import { sendCloseOut } from '#app/ui/close-out/send-close-out.ts';
import { useDraft } from '#app/ui/close-out/use-draft.ts';
import { differsFromPlan, typedCloseOut } from '#app/ui/session-close-out-values.ts';
import type { FormProblem } from '#app/ui/session-problem.ts';

interface CloseOutBodyProps {
  userId: string;
  sessionId: string;
  /** "Algebra, Mon 23 Nov, 16:00": said where it waits for a connection. */
  title: string;
  draft: { savedAt: string } | null;
  takenKey: string | null;
  form: Omit<CloseOutFormProps, 'onInput' | 'onSubmit' | 'busy' | 'differs' | 'children'>;
  /** Sent by the page itself, also later, without a connection; where it leads to once it is in. */
  next?: string;
  children?: ReactNode;
}

/** The form with what makes it safe on the way: drafts, and the sending that outlasts a lost connection. */
export function CloseOutBody({ userId, sessionId, title, draft, takenKey, form, next, children }: CloseOutBodyProps) {
  const [submissionKey] = useState(form.submissionKey);
  // As it was found on opening: what is typed now is in the form anyway.
  const [found] = useState(draft);
  const element = useRef<HTMLFormElement | null>(null);
  useEffect(() => {
    element.current = document.querySelector<HTMLFormElement>(`#${CLOSE_OUT_FORM}`);
  });
  const { state, putBack, onInput, stop } = useDraft(element, { userId, sessionId, savedAt: found?.savedAt ?? null, takenKey });
  const { problem, busy, waits, onSubmit } = useSending({ userId, sessionId, title, next, stop });
  const [differs, setDiffers] = useState(() => differsFromPlan(form.values, form.plan));
  const typedAt = putBack === null ? found?.savedAt : new Date(putBack).toISOString();
  return (
    <>
      {waits && waits !== 'connection' ? <WaitsNote waits={waits} /> : null}
      {typedAt && !waits ? (
        <Box mb="lg">
          <DraftNote
            savedAt={typedAt}
            onForget={() => {
              stop();
              dropDraft(userId, sessionId);
            }}
          />
        </Box>
      ) : null}
      <CloseOutForm
        {...form}
        submissionKey={submissionKey}
        problem={problem ?? form.problem}
        busy={busy}
        differs={differs}
        onInput={(event) => {
          setDiffers(differsFromPlan(typedCloseOut(new FormData(event.currentTarget), form.values), form.plan));
          onInput();
        }}
        {...(next ? { onSubmit } : { onSubmit: stop })}
      >
        {children}
      </CloseOutForm>
      <Text size="xs" c="dimmed" mt="xs" role="status">
        {state === 'saved' ? 'What you typed is saved.' : state === 'here' ? 'What you typed is kept on this device.' : ''}
      </Text>
    </>
  );
}

type Waits = 'connection' | 'sign-in' | 'unkept';

interface Sending {
  userId: string;
  sessionId: string;
  title: string;
  next: string | undefined;
  stop: () => void;
}

function useSending({ userId, sessionId, title, next, stop }: Sending) {
  const [problem, setProblem] = useState<FormProblem>();
  const [busy, setBusy] = useState(false);
  const [waits, setWaits] = useState<Waits>();
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();

  // What waits is sent by the list of what waits: once it is gone from there it is in, or was refused and said so.
  useEffect(() => {
    if (waits !== 'connection' || !next) return;
    return onWaitingChange(() => {
      if (listWaiting(userId).every((entry) => entry.sessionId !== sessionId)) navigate(next);
    });
  }, [waits, next, userId, sessionId, navigate]);

  async function send(form: HTMLFormElement, intent: string) {
    if (!next) return;
    setBusy(true);
    setProblem(undefined);
    const fields = { ...fieldsOf(form), intent: [intent] };
    stop();
    const answer = await sendCloseOut(userId, { sessionId, title, fields, at: Date.now() });
    setBusy(false);
    if (answer.state === 'taken') return navigate(next);
    if (answer.state === 'refused') {
      setProblem(answer.problem);
      setWaits(undefined);
      return revalidate();
    }
    setWaits(!answer.kept ? 'unkept' : answer.state === 'signed-out' ? 'sign-in' : 'connection');
    window.scrollTo({ top: 0 });
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    void send(event.currentTarget, submitter instanceof HTMLButtonElement ? submitter.value : 'close-out');
  }
  return { problem, busy, waits, onSubmit };
}

/** That it waits for a connection is said on every page, by the list of what waits. */
const notes = {
  'sign-in': {
    title: 'You are signed out',
    text: 'Your close-out is kept on this phone. Sign in again, and it is sent.',
  },
  unkept: {
    title: 'There is no connection',
    text: 'This browser keeps nothing, so leave this page open and send the form again when you are connected.',
  },
};

function WaitsNote({ waits }: { waits: Exclude<Waits, 'connection'> }) {
  const { title, text } = notes[waits];
  return (
    <Alert color="yellow" variant="light" role="status" mb="lg" title={title}>
      {text}
    </Alert>
  );
}
