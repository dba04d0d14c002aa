import type { Fields } from './fields.ts';

/**
 * What this browser keeps of close-outs: drafts by session, and forms that were sent without a connection. By person, so that
 * another one at the same phone neither sees nor sends them. Where a browser keeps nothing (private windows), nothing is lost
 * but this.
 */

export interface LocalDraft {
  fields: Fields;
  /** Milliseconds. */
  savedAt: number;
}

export interface WaitingCloseOut {
  sessionId: string;
  /** "Algebra, Mon 23 Nov, 16:00" */
  title: string;
  fields: Fields;
  /** When it was sent off, in milliseconds. */
  at: number;
}

const draftKey = (userId: string, sessionId: string) => `lectern:draft:${userId}:${sessionId}`;
const waitingKey = (userId: string) => `lectern:waiting:${userId}`;

/** A draft that nobody came back to. */
const DRAFT_DAYS = 14;

function read<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function readDraft(userId: string, sessionId: string, now: number): LocalDraft | undefined {
  const draft = read<LocalDraft>(draftKey(userId, sessionId));
  if (!draft || now - draft.savedAt < DRAFT_DAYS * 86_400_000) return draft;
  write(draftKey(userId, sessionId), undefined);
  return undefined;
}

export const keepDraft = (userId: string, sessionId: string, draft: LocalDraft): boolean =>
  write(draftKey(userId, sessionId), draft);
export const dropDraft = (userId: string, sessionId: string): boolean => write(draftKey(userId, sessionId), undefined);

const listeners = new Set<() => void>();
export function onWaitingChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellWaitingChange(): void {
  for (const listener of listeners) listener();
}

export const listWaiting = (userId: string): WaitingCloseOut[] => read<WaitingCloseOut[]>(waitingKey(userId)) ?? [];

/** The last form of a session counts. False where the browser keeps nothing. */
export function keepWaiting(userId: string, entry: WaitingCloseOut): boolean {
  const others = listWaiting(userId).filter((one) => one.sessionId !== entry.sessionId);
  return write(waitingKey(userId), [...others, entry]);
}

/** Only the very form that was answered: a newer one of the session waits on. */
export function dropWaiting(userId: string, entry: WaitingCloseOut): void {
  const rest = listWaiting(userId).filter((one) => one.sessionId !== entry.sessionId || one.at !== entry.at);
  write(waitingKey(userId), rest.length > 0 ? rest : undefined);
}
