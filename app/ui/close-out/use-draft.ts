import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { fieldsOf, fill } from './fields.ts';
import { dropDraft, keepDraft, readDraft } from './kept-here.ts';

interface Of {
  userId: string;
  sessionId: string;
  /** Of the draft that is kept with the company, ISO; null: none. */
  savedAt: string | null;
  /** The key of the form that is in already. */
  takenKey: string | null;
}

export type DraftState = 'none' | 'here' | 'saved';

const HERE_MS = 400;
const SAVED_MS = 3000;

/**
 * Keeps what is typed: on this phone at once, with the company every few seconds while there is a connection. A newer one of
 * this phone is put back into the form when the page is opened again.
 */
export function useDraft(form: RefObject<HTMLFormElement | null>, { userId, sessionId, savedAt, takenKey }: Of) {
  const [state, setState] = useState<DraftState>('none');
  const [putBack, setPutBack] = useState<number | null>(null);
  const timers = useRef<{ here?: ReturnType<typeof setTimeout>; saved?: ReturnType<typeof setTimeout> }>({});
  const stopped = useRef(false);
  const unsaved = useRef(false);
  const filling = useRef(false);
  // Only on opening: what comes later is this page's own.
  const opened = useRef({ savedAt, takenKey });

  const keepHere = useCallback(() => {
    if (!form.current || stopped.current) return;
    if (keepDraft(userId, sessionId, { fields: fieldsOf(form.current), savedAt: Date.now() })) setState('here');
  }, [form, userId, sessionId]);

  const save = useCallback(async () => {
    if (!form.current || stopped.current || !unsaved.current) return;
    keepHere();
    const { version: _, ...fields } = fieldsOf(form.current);
    unsaved.current = false;
    const answer = await fetch(`/sessions/${sessionId}/close-out-draft`, {
      method: 'POST',
      body: new URLSearchParams({ fields: JSON.stringify(fields) }),
      redirect: 'manual',
      keepalive: true,
    }).catch(() => undefined);
    if (answer?.ok) setState('saved');
    else unsaved.current = true;
  }, [form, sessionId, keepHere]);

  const onInput = useCallback(() => {
    if (filling.current) return;
    stopped.current = false;
    unsaved.current = true;
    clearTimeout(timers.current.here);
    timers.current.here = setTimeout(keepHere, HERE_MS);
    timers.current.saved ??= setTimeout(() => {
      delete timers.current.saved;
      void save();
    }, SAVED_MS);
  }, [keepHere, save]);

  useEffect(() => {
    const local = readDraft(userId, sessionId, Date.now());
    const { savedAt, takenKey } = opened.current;
    if (!local || !form.current) return;
    if (takenKey !== null && local.fields.submissionKey?.[0] === takenKey) {
      dropDraft(userId, sessionId);
      return;
    }
    if (savedAt !== null && Date.parse(savedAt) >= local.savedAt) return;
    // What is in by now is told from what was read then by the page, not by the draft.
    const { version: _, ...fields } = local.fields;
    filling.current = true;
    fill(form.current, fields);
    filling.current = false;
    unsaved.current = true;
    setPutBack(local.savedAt);
  }, [form, userId, sessionId]);

  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void save();
    const online = () => void save();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('online', online);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('online', online);
    };
  }, [save]);

  /** Before the form is sent, and when it is thrown away: nothing of it is saved after that. */
  const stop = useCallback(() => {
    stopped.current = true;
    unsaved.current = false;
    clearTimeout(timers.current.here);
    clearTimeout(timers.current.saved);
    delete timers.current.saved;
  }, []);

  return { state, putBack, onInput, stop };
}
