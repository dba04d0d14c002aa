import { type AppLoadContext, data } from '@remix-run/node';
import { actorOf, notFound } from '#app/auth/authorize.server.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';

export interface MoveAnswer {
  moved: string | null;
  message: string | null;
}

/** Moves a request as a form of the board or of its page asks: `stage`, where it was seen (`from`) and why (`reason`). */
export async function moveAction(form: FormData, context: AppLoadContext, user: SignedInUser) {
  const [id, stageId, from] = [form.get('id'), form.get('stage'), form.get('from')];
  if (!isId(id) || !isId(stageId)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await moveRequest(context.db, context, actorOf(user, context), {
      id,
      to: { stageId },
      fromStageId: isId(from) ? from : null,
      reason: String(form.get('reason') ?? '').slice(0, 500),
    });
    return data<MoveAnswer>({ moved: id, message: null });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'not_found') throw notFound();
    return data<MoveAnswer>({ moved: null, message: error.message }, { status: statusOf(error) });
  }
}
