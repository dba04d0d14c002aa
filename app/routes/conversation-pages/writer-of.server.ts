import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { countTry } from '#app/auth/limits.server.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listConversationPeople } from '#app/domain/conversations/people.server.ts';
import type { MessageInput } from '#app/domain/conversations/write-message.server.ts';
import { DomainError } from '#app/domain/errors.ts';
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

/** @throws DomainError over_limit where a tutor or a family writes faster than people do */
export async function countMessage(db: AppLoadContext['db'], user: SignedInUser, place: Place): Promise<void> {
  const wait = place === 'office' ? undefined : await countTry(db, [{ limit: 'messageUser', of: user.id }]);
  if (wait !== undefined)
    throw new DomainError('over_limit', `These are many messages. Please go on in ${Math.ceil(wait / 60)} min.`, {
      field: 'body',
    });
}

/** The form's own key, so that a double click writes once; a form without one is of nobody's page. */
export function sourceKeyOf(user: SignedInUser, form: FormData): string {
  const key = textOf(form, 'key');
  return `page:${user.id}:${isId(key) ? key : randomUUID()}`;
}
