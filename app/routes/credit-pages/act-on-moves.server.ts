import type { AppLoadContext } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import { extendLot } from '#app/domain/credits/extend-lot.server.ts';
import { giveCredits } from '#app/domain/credits/give-credits.server.ts';
import { takeCredits } from '#app/domain/credits/take-credits.server.ts';
import { transferCredits } from '#app/domain/credits/transfer-credits.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

const idOf = (form: FormData, name: string) => {
  const text = textOf(form, name);
  return isId(text) ? text : null;
};

/** The forms that give, take, move or prolong credits; what is wrong is the answer, undefined: it was done. */
export async function actOnMoves(
  context: AppLoadContext,
  actor: Actor,
  form: FormData,
  { name, clientId, lotId }: { name: string; clientId: string; lotId?: string },
) {
  const id = idOf(form, 'id');
  if (!id) throw new Response('Nothing to do.', { status: 400 });
  const { db } = context;
  const reason = textOf(form, 'reason');
  const expiresOn = textOf(form, 'expiresOn') || null;
  const credits = moneyOf(form, 'credits', 2) ?? 0n;
  const errors: Record<string, string> = {};
  if (reason === '') errors.reason = 'Say why; it is kept with the credits.';
  if (name !== 'extend' && credits <= 0n) errors.credits = 'Enter a number of credits above 0.';
  if (expiresOn !== null && !isLocalDate(expiresOn)) errors.expiresOn = 'Enter a date.';
  const toClientId = idOf(form, 'toClientId');
  if (name === 'move' && !toClientId) errors.toClientId = 'Choose the family that gets them.';
  if (Object.keys(errors).length > 0) return refusal(errors, form, name);
  const from = { id, clientId, credits, reason, lotId: lotId ?? idOf(form, 'lotId') };
  try {
    if (name === 'give') {
      const kind = form.get('kind') === 'correction' ? 'correction' : 'gift';
      await giveCredits(db, context, actor, {
        id,
        clientId,
        kind,
        credits,
        reason,
        expiresOn,
        studentId: idOf(form, 'studentId'),
      });
    } else if (name === 'take') await takeCredits(db, context, actor, from);
    else if (name === 'move') await transferCredits(db, context, actor, { ...from, toClientId: toClientId ?? '' });
    else if (name === 'extend' && lotId) await extendLot(db, actor, { lotId, expiresOn, reason });
    else throw new Response('Nothing to do.', { status: 400 });
    return undefined;
  } catch (error) {
    return refusalOf(error, form, name);
  }
}
