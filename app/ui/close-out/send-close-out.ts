import type { FormProblem } from '../session-problem.ts';
import type { Fields } from './fields.ts';
import { dropDraft, dropWaiting, keepDraft, keepWaiting, tellWaitingChange, type WaitingCloseOut } from './kept-here.ts';

export type SendAnswer =
  | { state: 'taken' }
  | { state: 'refused'; problem: FormProblem }
  /** It waits on this phone. `kept`: or is lost with the page, where the browser keeps nothing. */
  | { state: 'unreachable'; kept: boolean }
  | { state: 'signed-out'; kept: boolean };

/** Forms under way in this tab: the page's own try and the one of the list of what waits are one. */
const underWay = new Set<string>();

export const isUnderWay = (entry: WaitingCloseOut): boolean => underWay.has(`${entry.sessionId} ${entry.at}`);

/**
 * Sends a close-out. It is kept before it goes out and let go of when the server has answered, so that a page that is closed
 * in between loses nothing; the form's own key makes it one close-out however often it arrives.
 */
export async function sendCloseOut(userId: string, entry: WaitingCloseOut): Promise<SendAnswer> {
  const key = `${entry.sessionId} ${entry.at}`;
  underWay.add(key);
  const kept = keepWaiting(userId, entry);
  try {
    const answer = await post(`/tutor/sessions/${entry.sessionId}/close-out/send`, entry.fields);
    if (answer === undefined || answer.status >= 500 || answer.status === 429) return { state: 'unreachable', kept };
    // A sign-in that ended leads away: the form waits until its writer is back.
    if (answer.type === 'opaqueredirect' || answer.status === 401) return { state: 'signed-out', kept };
    const body = (await answer.json().catch(() => null)) as { problem?: FormProblem } | null;
    if (body === null && answer.ok) return { state: 'unreachable', kept };
    dropWaiting(userId, entry);
    if (answer.ok) {
      dropDraft(userId, entry.sessionId);
      return { state: 'taken' };
    }
    const { intent: _, ...fields } = entry.fields;
    keepDraft(userId, entry.sessionId, { fields, savedAt: entry.at });
    return { state: 'refused', problem: body?.problem ?? gone };
  } finally {
    underWay.delete(key);
    tellWaitingChange();
  }
}

const gone: FormProblem = {
  message: 'This session is not yours to close out any more. Ask the office.',
  errors: {},
  clashes: [],
};

/** Undefined where nobody answered. */
async function post(address: string, fields: Fields): Promise<Response | undefined> {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value);
  try {
    return await fetch(address, { method: 'POST', body, redirect: 'manual' });
  } catch {
    return undefined;
  }
}
