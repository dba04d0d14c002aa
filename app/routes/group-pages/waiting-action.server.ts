import type { Actor, AppContext } from '#app/context.ts';
import { joinWaitingList } from '#app/domain/groups/join-waiting-list.server.ts';
import { leaveWaitingList } from '#app/domain/groups/leave-waiting-list.server.ts';
import { offerPlace } from '#app/domain/groups/offer-place.server.ts';
import { takePlace } from '#app/domain/groups/take-place.server.ts';
import type { WaitFor } from '#app/domain/groups/waiting.schema.ts';
import { isId } from '#app/domain/is-id.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';

/** The buttons of a waiting list, on the page of a session and of a course. Undefined: it was another form. */
export function waitingAction(
  context: AppContext,
  actor: Actor,
  what: WaitFor,
  form: FormData,
): (() => Promise<void>) | undefined {
  const { db } = context;
  const waitingId = textOf(form, 'waitingId');
  switch (textOf(form, 'intent')) {
    case 'wait':
      return async () => {
        await joinWaitingList(db, context, actor, { ...what, studentId: textOf(form, 'studentId'), note: textOf(form, 'note') });
      };
    case 'offer':
      return isId(waitingId) ? () => offerPlace(db, context, actor, { waitingId }) : undefined;
    case 'place':
      return isId(waitingId) ? () => takePlace(db, context, actor, { waitingId }) : undefined;
    case 'stop-waiting':
      return isId(waitingId) ? () => leaveWaitingList(db, actor, { waitingId }) : undefined;
    default:
      return undefined;
  }
}
