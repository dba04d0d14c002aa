import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { draftSchema, forgetDraft, saveDraft } from '#app/domain/closeout/save-draft.server.ts';
import { findSessionPeople } from '#app/domain/scheduling/session-people.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** `POST`, by the page's script: `fields` as they are typed (JSON), every few seconds; without them the draft is forgotten. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { context, request, params } = args;
  const sessionId = recordIdOf(params);
  const people = await findSessionPeople(context.db, sessionId);
  if (!people || !can(user, 'closeout.submit', { type: 'session', ...people })) throw notFound();
  const of = { sessionId, userId: user.id };
  const sent = (await request.formData()).get('fields');
  if (sent === null) {
    await forgetDraft(context.db, of);
    return Response.json({});
  }
  const read = draftSchema.safeParse({ fields: typeof sent === 'string' ? parsed(sent) : null });
  if (!read.success) return Response.json({ message: 'This is no draft.' }, { status: 400 });
  await saveDraft(context.db, context, { ...of, ...read.data });
  return Response.json({});
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
