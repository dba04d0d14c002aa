import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { type Approved, approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { remindTutor } from '#app/domain/closeout/remind-tutor.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import { many } from '../money-pages/many.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import type { ApproveAnswer } from './approve-list.tsx';
import { addressOf, readFilter } from './close-out-filter.ts';

/** Approves what is ticked, or one, sends one back, or reminds a tutor; what isn't taken is answered with everything ticked and typed. */
export async function actOnCloseOuts({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { reader } = await readerFor(user, context);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const filter = readFilter(new URL(request.url).searchParams);
  const sendBack = textOf(form, 'send-back');
  if (isId(sendBack)) {
    try {
      await sendBackCloseOut(context.db, context, actor, { sessionId: sendBack, reason: textOf(form, `reason.${sendBack}`) });
    } catch (error) {
      const { problem, status } = problemOf(error, reader);
      const errors = { [sendBack]: problem.errors.reason ?? problem.message };
      return data({ ...typedIn(form), problem: { ...problem, errors: {} }, errors } satisfies ApproveAnswer, { status });
    }
    return redirect(addressOf(filter, { 'sent-back': '1' }));
  }
  const remind = textOf(form, 'remind');
  if (isId(remind)) {
    try {
      await remindTutor(context.db, context, actor, { tutorId: remind });
    } catch (error) {
      const { problem, status } = problemOf(error, reader);
      return data({ ...typedIn(form), problem, errors: { [remind]: problem.message } } satisfies ApproveAnswer, { status });
    }
    return redirect(addressOf(filter, { reminded: remind }));
  }
  const one = textOf(form, 'approve-one');
  const sessionIds = isId(one) ? [one] : tickedIn(form);
  if (sessionIds.length === 0) return refused(form, 'Tick the close-outs to approve first.', 400);
  const versions = new Map(
    sessionIds.flatMap((id): [string, number][] => {
      const version = Number(textOf(form, `version.${id}`));
      return Number.isInteger(version) && version > 0 ? [[id, version]] : [];
    }),
  );
  const result = await approveCloseOuts(context.db, context, actor, { sessionIds, versions });
  if (result.refused.length > 0) return notAll(form, result);
  // A second click finds them approved already, and is told the same.
  return redirect(addressOf(filter, { approved: String(result.approved.length + result.skipped.length) }));
}

const tickedIn = (form: FormData) =>
  form
    .getAll('session')
    .filter((id): id is string => typeof id === 'string' && isId(id))
    .slice(0, 200);

function typedIn(form: FormData): Pick<ApproveAnswer, 'ticked' | 'reasons'> {
  const reasons: Record<string, string> = {};
  for (const [name, value] of form)
    if (name.startsWith('reason.') && typeof value === 'string' && value) reasons[name.slice(7)] = value;
  return { ticked: tickedIn(form), reasons };
}

function refused(form: FormData, message: string, status: number, errors: Record<string, string> = {}) {
  return data({ ...typedIn(form), problem: { message, errors: {}, clashes: [] }, errors } satisfies ApproveAnswer, { status });
}

function notAll(form: FormData, { approved, refused: left }: Approved) {
  const done = approved.length === 0 ? '' : `${many(approved.length, 'close-out is', 'close-outs are')} approved. `;
  const not = left.length === 1 ? '1 could not be, and says why below.' : `${left.length} could not be, and say why below.`;
  return refused(form, done + not, 409, Object.fromEntries(left.map(({ sessionId, error }) => [sessionId, error.message])));
}
