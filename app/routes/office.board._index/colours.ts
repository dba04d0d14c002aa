import { statusOfSession } from '#app/ui/session-status.ts';
import type { Board, BoardSession } from './board-data.ts';
import type { ColourBy } from './board-params.ts';

/** Never a colour alone: each has a mark on the session and a word in the legend. */
export interface Look {
  /** A state's tone, or `hue-0` to `hue-7`. */
  colour: string;
  mark: string;
  word: string;
}

const MARKS: Record<string, string> = {
  live: '●',
  to_close_out: '!',
  sent_back: '!',
  closed_out: '✓',
  approved: '✓',
  requested: '?',
  no_show: '✕',
  tutor_no_show: '✕',
  cancelled: '–',
  late_cancelled: '–',
  declined: '–',
  rescheduled: '→',
};

const HUES = 8;

/** What a session looks like by its state, its program or its subject. */
export function looksBy(by: ColourBy, board: Pick<Board, 'programs' | 'subjects'>, now: number): (session: BoardSession) => Look {
  if (by === 'state') return (session) => stateLook(session, now);
  const list = by === 'program' ? board.programs : board.subjects;
  const looks = new Map(
    list.map(({ id, name }, place): [string, Look] => [id, { colour: `hue-${place % HUES}`, mark: shortOf(name), word: name }]),
  );
  const unknown: Look = { colour: 'neutral', mark: '', word: '' };
  return (session) => looks.get(by === 'program' ? session.programId : session.subjectId) ?? unknown;
}

function stateLook(session: BoardSession, now: number): Look {
  const status = statusOfSession(
    {
      status: session.status,
      startsAt: new Date(session.startsAt),
      endsAt: new Date(session.startsAt + session.minutes * 60_000),
      closeOutStatus: session.closeOut,
    },
    new Date(now),
  );
  return { colour: status.tone, mark: MARKS[status.key] ?? '', word: status.label };
}

/** Algebra -> Alg, Exam preparation -> EP: enough to tell them apart where there is little room. */
export function shortOf(name: string): string {
  const words = name.split(/[\s/&-]+/).filter(Boolean);
  if (words.length > 1)
    return words
      .slice(0, 3)
      .map((word) => word[0]?.toUpperCase())
      .join('');
  return name.slice(0, 3);
}

/** The looks that occur, for the legend; what looks the same is one of them. */
export function legendOf(sessions: readonly BoardSession[], lookOf: (session: BoardSession) => Look): Look[] {
  const seen = new Map<string, Look>();
  for (const session of sessions) {
    const look = lookOf(session);
    seen.set(look.word, look);
  }
  const sorted = [...seen.values()].sort((a, b) => a.word.localeCompare(b.word));
  return [...Map.groupBy(sorted, ({ colour, mark }) => `${colour} ${mark}`).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, word: [first, ...others].map(({ word }) => word).join(' / ') }] : [],
  );
}
