import type { Answer, Refusal } from './answers.ts';

const LOST: Refusal = {
  ok: false,
  code: 'offline',
  message: 'The server could not be reached. Nothing was changed; try again in a moment.',
  clashes: [],
};

/** Sends what was done; a refusal is an answer, and so is no connection. Somebody who was signed out is led to sign in. */
export async function send<T>(path: string, body: unknown): Promise<Answer<T>> {
  const answer = await ask<Answer<T>>(path, posted(body));
  return answer ?? LOST;
}

/** As the server takes it: a form with one field. */
export function posted(body: unknown): RequestInit {
  return { method: 'POST', body: new URLSearchParams({ json: JSON.stringify(body) }) };
}

/** What the server says to it as JSON, or undefined when nothing (understandable) came back. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T | undefined> {
  try {
    const response = await fetch(path, init);
    if (response.redirected) {
      window.location.reload();
      return undefined;
    }
    return (await response.json()) as T;
  } catch {
    return undefined;
  }
}
