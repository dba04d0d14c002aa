import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listConversationPeople } from '#app/domain/conversations/people.server.ts';
import type { MessageInput } from '#app/domain/conversations/write-message.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import type { Place } from './places.ts';

/** As whom somebody writes: of the family the client or guardian they are, else the student. */
export async function writerOf(
  db: AppLoadContext['db'],
  user: SignedInUser,
  place: Place,
  pair: { tutorId: string; studentId: string },
): Promise<Pick<MessageInput, 'side' | 'clientId'>> {
  if (place !== 'family') return { side: place };
  const people = await listConversationPeople(db, pair);
  const client = people.find((person) => person.kind === 'client' && person.userId === user.id);
  return client ? { side: 'client', clientId: client.id } : { side: 'student' };
}

/** The form's own key, so that a double click writes once; a form without one is of nobody's page. */
export function sourceKeyOf(user: SignedInUser, form: FormData): string {
  const key = textOf(form, 'key');
  return `page:${user.id}:${isId(key) ? key : randomUUID()}`;
}
