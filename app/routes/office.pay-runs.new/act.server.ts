import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { closeOutAsPlanned } from '#app/domain/closeout/close-out-as-planned.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { removePayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { readPayWho } from '#app/domain/payroll/pay-who.ts';
import { refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { addAdjustments, previewAdjustments } from './adjustments.server.ts';
import { addMissingRate } from './missing-rate.server.ts';

/** What the steps of the wizard do; each form says its intent, and the approval is the one that says none. */
export async function actOnWizard(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'pay.manage');
  const actor = actorOf(user, context);
  const form = await request.formData();
  const intent = textOf(form, 'intent');
  const here = new URL(request.url);
  const back = `${here.pathname}${here.search}`;
  const sessionIds = form.getAll('session').filter(isId).slice(0, 500);
  try {
    if (intent === 'close-out') {
      await authorize(args, 'closeout.approve');
      const { refused } = await closeOutAsPlanned(context.db, context, actor, { sessionIds });
      if (refused[0]) return refusal({ [`session.${refused[0].sessionId}`]: refused[0].error.message }, form, intent);
      throw redirect(back);
    }
    if (intent === 'approve-close-outs') {
      await authorize(args, 'closeout.approve');
      const { refused } = await approveCloseOuts(context.db, context, actor, { sessionIds });
      if (refused[0]) return refusal({ [`session.${refused[0].sessionId}`]: refused[0].error.message }, form, intent);
      throw redirect(back);
    }
    if (intent === 'rate') {
      const refused = await addMissingRate(args, actor, form);
      if (refused) return refused;
      throw redirect(back);
    }
    if (intent === 'remove-adjustment') {
      const itemId = textOf(form, 'itemId');
      if (isId(itemId)) await removePayAdjustment(context.db, context, actor, { itemId });
      throw redirect(back);
    }
    if (intent === 'preview-adjustments') return await previewAdjustments(args, form);
    if (intent === 'add-adjustments') {
      const refused = await addAdjustments(args, actor, form);
      if (refused) return refused;
      throw redirect(back);
    }
    const run = await approvePayRun(context.db, context, actor, {
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
      hash: textOf(form, 'hash'),
      seen: textOf(form, 'seen'),
      who: readPayWho(
        textOf(form, 'who'),
        form.getAll('tutor').filter((id): id is string => typeof id === 'string'),
      ),
    });
    throw redirect(`/office/pay-runs/${run.runId}`);
  } catch (error) {
    return refusalOf(error, form, intent);
  }
}
