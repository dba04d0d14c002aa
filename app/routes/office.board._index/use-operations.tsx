import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@remix-run/react';
import { type Dispatch, type SetStateAction, useCallback, useRef, useState } from 'react';
import type { CancelAnswer, CopyAnswer, MoveAnswer, Refusal } from './answers.ts';
import { send } from './board-api.ts';
import type { BoardSession, Spot } from './board-data.ts';
import { type Done, NOTHING_DONE, remember, takeLast, type Undo } from './undo.ts';
import { wallOf } from './use-dry-run.ts';

interface Ground {
  firstDay: string;
  refetch: () => Promise<void>;
  setSpots: Dispatch<SetStateAction<ReadonlyMap<string, Spot>>>;
}

export interface Operations {
  move: (moves: readonly { session: BoardSession; to: Spot }[], words: string, overrule?: boolean) => Promise<boolean>;
  copy: (copies: readonly { sessionId: string; to: Spot }[], words: string, overrule?: boolean) => Promise<void>;
  cancelled: (sessionId: string, version: number, words: string) => void;
  booked: (sessionId: string, words: string, final?: string) => void;
  undo: () => Promise<void>;
  canUndo: boolean;
  /** For the live region. */
  said: string;
  say: (words: string) => void;
}

const CLOSE = { 'aria-label': 'Close the message' };

/** What is done on the board and taken back: shown at once where that is safe, and put back where the server says no. */
export function useOperations({ firstDay, refetch, setSpots }: Ground): Operations {
  const [undoable, setUndoable] = useState<Undo>(NOTHING_DONE);
  const [said, say] = useState('');
  const latest = useRef(undoable);
  const keep = useCallback((next: Undo) => {
    latest.current = next;
    setUndoable(next);
  }, []);
  const shown = useRef<string>();
  const undoRef = useRef<() => Promise<void>>(async () => {});

  const tell = useCallback((words: string, warnings: readonly string[] = [], undo = true) => {
    say([words, ...warnings].join(' '));
    // The newest alone: an older one's button would undo something else than it says.
    if (shown.current) notifications.hide(shown.current);
    shown.current = notifications.show({
      closeButtonProps: CLOSE,
      color: warnings.length > 0 ? 'yellow' : 'lectern',
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={2}>
            <Text size="sm">{words}</Text>
            {warnings.map((warning) => (
              <Text key={warning} size="xs" c="dimmed">
                {warning}
              </Text>
            ))}
          </Stack>
          {undo ? (
            <Button size="compact-sm" variant="light" onClick={() => void undoRef.current()}>
              Undo
            </Button>
          ) : null}
        </Group>
      ),
    });
  }, []);

  const refuse = useCallback((what: string, refusal: Refusal, overrule?: () => void) => {
    say(`${what} ${refusal.message} ${refusal.clashes.map(({ text }) => text).join('; ')}`);
    notifications.show({
      closeButtonProps: CLOSE,
      color: 'red',
      autoClose: 12_000,
      title: what,
      message: (
        <Stack gap={4} align="flex-start">
          {/* Under a title the kit's grey is too pale to read. */}
          <Text size="sm" c="var(--mantine-color-text)">
            {refusal.message}
          </Text>
          {refusal.clashes.map((clash) => (
            <Anchor key={clash.text} component={Link} to={clash.href} size="sm" underline="always">
              {clash.text}
            </Anchor>
          ))}
          {overrule && refusal.code === 'student_conflict' ? (
            <Button size="compact-sm" variant="light" color="red" onClick={overrule}>
              Do it all the same
            </Button>
          ) : null}
        </Stack>
      ),
    });
  }, []);

  const move = useCallback<Operations['move']>(
    async (moves, words, overrule = false) => {
      setSpots((spots) => new Map([...spots, ...moves.map(({ session, to }) => [session.id, to] as const)]));
      say('Moving…');
      const { versions } = latest.current;
      const answer = await send<Extract<MoveAnswer, { ok: true }>>('/office/board/move', {
        moves: moves.map(({ session, to }) => ({
          sessionId: session.id,
          version: Math.max(session.version, versions[session.id] ?? 0),
          tutorId: to.tutorId,
          wallStart: wallOf(firstDay, to),
          durationMinutes: to.minutes,
        })),
        ...(overrule ? { overruleStudentConflict: true } : {}),
      });
      if (answer.ok) {
        const back = moves.map(({ session }) => ({
          id: session.id,
          wallStart: wallOf(firstDay, session),
          tutorId: session.tutorId,
          minutes: session.minutes,
        }));
        keep(remember(latest.current, { kind: 'moved', words, back }, versionsOf(answer.moved)));
        tell(`${words}.`);
      } else {
        refuse('Moved back.', answer, overrule ? undefined : () => void move(moves, words, true));
      }
      await refetch();
      setSpots((spots) =>
        without(
          spots,
          moves.map(({ session }) => session.id),
        ),
      );
      return answer.ok;
    },
    [firstDay, keep, refetch, refuse, setSpots, tell],
  );

  const copy = useCallback<Operations['copy']>(
    async (copies, words, overrule = false) => {
      const ids = copies.map(() => crypto.randomUUID());
      const answer = await send<Extract<CopyAnswer, { ok: true }>>('/office/board/copy', {
        copies: copies.map(({ sessionId, to }, place) => ({
          id: ids[place],
          sessionId,
          tutorId: to.tutorId,
          wallStart: wallOf(firstDay, to),
          durationMinutes: to.minutes,
        })),
        ...(overrule ? { overruleStudentConflict: true } : {}),
      });
      if (answer.ok) {
        keep(remember(latest.current, { kind: 'booked', words, ids: answer.booked }));
        tell(`${words}.`, answer.warnings);
      } else {
        refuse('Not booked.', answer, overrule ? undefined : () => void copy(copies, words, true));
      }
      await refetch();
    },
    [firstDay, keep, refetch, refuse, tell],
  );

  const booked = useCallback<Operations['booked']>(
    (id, words, final) => {
      keep(remember(latest.current, final ? { kind: 'final', words, why: final } : { kind: 'booked', words, ids: [id] }));
      tell(`${words}.`, [], final === undefined);
      void refetch();
    },
    [keep, refetch, tell],
  );

  const cancelled = useCallback<Operations['cancelled']>(
    (id, version, words) => {
      keep(remember(latest.current, { kind: 'cancelled', words, id }, { [id]: version }));
      tell(`${words}.`);
      void refetch();
    },
    [keep, refetch, tell],
  );

  const undo = useCallback(async () => {
    const { last, rest } = takeLast(latest.current);
    if (!last) return say('There is nothing to undo.');
    if (last.kind === 'final') {
      keep(rest);
      notifications.show({ closeButtonProps: CLOSE, color: 'yellow', message: last.why });
      return say(last.why);
    }
    keep(rest);
    const answer = await takeBack(last, rest);
    if (answer.ok) {
      keep({ ...latest.current, versions: { ...latest.current.versions, ...answer.versions } });
      tell(`Undone: ${last.words}.`, [], false);
    } else {
      refuse('Not undone.', answer);
    }
    await refetch();
  }, [keep, refetch, refuse, tell]);
  undoRef.current = undo;

  return { move, copy, booked, cancelled, undo, canUndo: undoable.done.length > 0, said, say };
}

const versionsOf = (moved: readonly { sessionId: string; version: number }[]) =>
  Object.fromEntries(moved.map(({ sessionId, version }) => [sessionId, version]));

function without<T>(map: ReadonlyMap<string, T>, ids: readonly string[]): ReadonlyMap<string, T> {
  const rest = new Map(map);
  for (const id of ids) rest.delete(id);
  return rest;
}

/** The way back: a move goes where it was, what was booked is cancelled by the office, a cancellation is taken back. */
async function takeBack(
  done: Exclude<Done, { kind: 'final' }>,
  { versions }: Undo,
): Promise<{ ok: true; versions: Record<string, number> } | Refusal> {
  if (done.kind === 'moved') {
    const moves = done.back.map(({ id, wallStart, tutorId, minutes }) => ({
      sessionId: id,
      version: versions[id],
      tutorId,
      wallStart,
      durationMinutes: minutes,
    }));
    // It was there before, so a student's clash of then was known.
    const answer = await send<Extract<MoveAnswer, { ok: true }>>('/office/board/move', { moves, overruleStudentConflict: true });
    return answer.ok ? { ok: true, versions: versionsOf(answer.moved) } : answer;
  }
  if (done.kind === 'cancelled') {
    const answer = await send<Extract<CancelAnswer, { ok: true }>>('/office/board/restore', { sessionId: done.id });
    return answer.ok ? { ok: true, versions: { [done.id]: answer.version } } : answer;
  }
  const after: Record<string, number> = {};
  for (const sessionId of done.ids) {
    const reason = 'Undone on the board';
    const answer = await send<Extract<CancelAnswer, { ok: true }>>('/office/board/cancel', { sessionId, by: 'office', reason });
    if (!answer.ok) return answer;
    after[sessionId] = answer.version;
  }
  return { ok: true, versions: after };
}
