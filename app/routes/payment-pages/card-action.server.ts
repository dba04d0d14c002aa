import type { AppLoadContext } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { removeCard } from '#app/domain/payments/remove-card.server.ts';
import { setAutoCharge } from '#app/domain/payments/set-auto-charge.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';

/** Removes a card, or switches paying from it on or off; true where the form asked for one of them. */
export async function cardAction(context: AppLoadContext, actor: Actor, clientId: string, form: FormData): Promise<boolean> {
  const intent = textOf(form, 'intent');
  if (intent === 'remove-card') {
    const cardId = textOf(form, 'cardId');
    if (!isId(cardId)) throw new Response('There is nothing at this address.', { status: 404 });
    await removeCard(context.db, context, actor, { cardId, clientId });
    return true;
  }
  if (intent === 'auto-charge') {
    await setAutoCharge(context.db, context, actor, { clientId, on: textOf(form, 'on') === 'on' });
    return true;
  }
  return false;
}
