import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { exportPayRun } from '#app/domain/payroll/export-pay-run.server.ts';
import { getPayRun } from '#app/domain/payroll/pay-run-queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

/** The file of a run that was exported; the first export is a POST, since it locks the run. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'pay.manage');
  const { context } = args;
  const run = await found(getPayRun(context.db, recordIdOf(args.params)));
  if (run.exportHash === null) throw notFound();
  const file = await exportPayRun(context.db, context, actorOf(user, context), { runId: run.id });
  return fileResponse(file.csv, { name: file.name, type: file.contentType });
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'pay.manage');
  const { context } = args;
  const runId = recordIdOf(args.params);
  const asked = (await args.request.formData()).get('install');
  try {
    const installId = isId(asked) ? asked : undefined;
    const file = await exportPayRun(context.db, context, actorOf(user, context), { runId, installId });
    return fileResponse(file.csv, { name: file.name, type: file.contentType });
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw notFound();
    if (!isDomainError(error)) throw error;
    throw data({ message: error.message, home: `/office/pay-runs/${runId}` }, { status: statusOf(error) });
  }
}
