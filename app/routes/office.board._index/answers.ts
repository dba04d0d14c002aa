import type { Consequence } from '../office.sessions.$id.cancel/view-consequence.ts';

/** What the server answers to what is done on the board. */

export interface Refusal {
  ok: false;
  /** The error's code, as the pages and the API have it. */
  code: string;
  message: string;
  /** What it clashes with, or who was faster, each linked where there is a page. */
  clashes: { href: string; text: string }[];
}

export type Answer<T> = ({ ok: true } & T) | Refusal;

export type MoveAnswer = Answer<{ moved: { sessionId: string; version: number }[] }>;
export type CopyAnswer = Answer<{ booked: string[]; warnings: string[] }>;
export type CancelAnswer = Answer<{ version: number }>;

/** The dry run's words, shown beside what is in the hand. */
export interface CheckAnswer {
  problems: { severity: 'blocking' | 'warning'; message: string; clashes: string[] }[];
}

export interface CancelPreview {
  consequence: Consequence | null;
  /** From the list that the office keeps. */
  reasons: { id: string; label: string }[];
}

/** The facts of a session for the drawer. */
export interface SessionFactsView {
  id: string;
  ref: string;
  version: number;
  title: string;
  when: string;
  atOffice: string | null;
  status: { key: string; label: string; tone: 'neutral' | 'live' | 'good' | 'attention' | 'bad' | 'quiet' };
  tutor: { id: string; name: string };
  program: string;
  subject: string;
  students: { id: string; name: string; outcome: string }[];
  place: string;
  plan: string;
  /** Of its mails, meeting and money: what a person should look at. */
  flags: string[];
  /** Why it can't be moved, if it can't. */
  stuck: string | null;
  /** Why it can't be cancelled, if it can't. */
  over: boolean;
  /** As the organisation's clock shows it. */
  date: string;
  time: string;
  durationMinutes: number;
  durations: number[];
  /** Where a form makes the same again. */
  again: string;
}
