import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { acceptPicks } from '#app/domain/matching/accept-picks.server.ts';
import { listProposedRequests } from '#app/domain/matching/run-queries.server.ts';
import { startMatchingRun } from '#app/domain/matching/start-run.server.ts';
import { stopMatchingRun } from '#app/domain/matching/stop-run.server.ts';
import { wishPair } from '#app/domain/matching/wish-pair.server.ts';

/** So many are offered at one click: more would keep whoever clicked waiting. */
const AT_ONCE = 100;

export interface MatchingAnswer {
  done: string | null;
  message: string | null;
  refused: { requestId: string; message: string }[];
}

const badRequest = () => new Response('Nothing to do.', { status: 400 });
const said = (done: string, refused: MatchingAnswer['refused'] = []): MatchingAnswer => ({ done, message: null, refused });

/** What the buttons of the page do, each by its own name: start, stop, accept, veto, pin and unwish. */
export async function matchingAction(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context } = args;
  const form = await args.request.formData();
  const actor = actorOf(user, context);
  const { db } = context;
  try {
    if (form.has('start')) {
      await startMatchingRun(db, context, actor);
      return redirect('/office/matching');
    }
    if (form.has('stop')) {
      const runId = String(form.get('stop'));
      if (!isId(runId)) throw badRequest();
      await stopMatchingRun(db, context, actor, { runId });
      return redirect('/office/matching');
    }
    for (const kind of ['veto', 'pin', 'unwish'] as const) {
      if (!form.has(kind)) continue;
      const [requestId, tutorId] = String(form.get(kind)).split(' ');
      if (!isId(requestId) || !isId(tutorId)) throw badRequest();
      await wishPair(db, context, actor, { requestId, tutorId, kind: kind === 'unwish' ? null : kind });
      return data(said({ veto: 'Vetoed.', pin: 'Pinned.', unwish: 'Taken back.' }[kind]));
    }
    const runId = String(form.get('run'));
    if (!form.has('accept') || !isId(runId)) throw badRequest();
    return await accept(runId, form.get('accept') === 'all' ? null : form.getAll('request').map(String).filter(isId));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data<MatchingAnswer>({ done: null, message: error.message, refused: [] }, { status: statusOf(error) });
  }

  async function accept(runId: string, chosen: readonly string[] | null) {
    const requestIds = (chosen ?? (await listProposedRequests(db, runId, AT_ONCE))).slice(0, AT_ONCE);
    if (requestIds.length === 0) {
      return data<MatchingAnswer>({ done: null, message: 'Choose at least one.', refused: [] }, { status: 400 });
    }
    const { accepted, refused } = await acceptPicks(db, context, actor, { runId, requestIds });
    const left = (await listProposedRequests(db, runId, 1_000)).length;
    const offers = `${accepted} ${accepted === 1 ? 'offer is' : 'offers are'} out.`;
    return data(said(left > 0 ? `${offers} ${left} more can be offered.` : offers, refused));
  }
}
