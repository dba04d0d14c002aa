import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { SAID_BY } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { cancelSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import type { CancelAnswer, CancelPreview } from '../office.board._index/answers.ts';
import { readJson } from '../office.board._index/read-json.server.ts';
import { refused } from '../office.board._index/refusal.server.ts';
import { viewConsequence } from '../office.sessions.$id.cancel/view-consequence.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const whoSchema = z.enum(SAID_BY).catch('client');

/** What cancelling a session would mean, by who cancels. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.cancel');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const sessionId = params.get('session');
  if (!isId(sessionId)) return Response.json({ consequence: null, reasons: [] } satisfies CancelPreview, { status: 400 });
  try {
    const by = whoSchema.parse(params.get('by'));
    const [session, preview, reasons] = await Promise.all([
      getSession(context.db, sessionId),
      previewCancellation(context.db, context, { sessionId, by }),
      listReasonChoices(context.db, by),
    ]);
    const sight = {
      currency: organisation.currency,
      reader,
      money: can(user, 'rates.charge.read'),
      pay: can(user, 'rates.pay.read'),
      tutorName: session.tutor.name,
    };
    return Response.json({
      consequence: preview.places.length === 0 ? null : viewConsequence(preview, sight),
      reasons,
    } satisfies CancelPreview);
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw notFound();
    throw error;
  }
}

const schema = cancelSessionSchema.pick({ sessionId: true, by: true, reasonId: true, reason: true });

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.cancel');
  const { reader } = await readerFor(user, context);
  try {
    const input = await readJson(request, schema);
    await cancelSession(context.db, context, actorOf(user, context), input);
    const { version } = await getSession(context.db, input.sessionId);
    return Response.json({ ok: true, version } satisfies CancelAnswer);
  } catch (error) {
    return refused(error, context, reader);
  }
}
