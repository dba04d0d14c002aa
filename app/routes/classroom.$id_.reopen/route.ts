import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { reopenClassroom } from '#app/domain/classroom/end-classroom.server.ts';
import { findReadableSession } from '#app/domain/classroom/read-classroom.server.ts';
import { subjectOf } from '#app/domain/meetings/queries.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** Ended by mistake: whoever may end it opens it again, and goes in. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const session = await findReadableSession(db, args.context, id, { user });
  if (!session) throw notFound();
  await authorize(args, 'classroom.host', subjectOf(session), { hide: true });
  await reopenClassroom(db, args.context, actorOf(user, args.context), { sessionId: id });
  return redirect(`/classroom/${id}`);
}
