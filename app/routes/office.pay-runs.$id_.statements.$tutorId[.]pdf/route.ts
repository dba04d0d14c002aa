import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getPayRun, listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { renderPayStatement } from '#app/domain/payroll/pay-statement.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

/** A tutor's statement, as the tutor gets it. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { context, params } = args;
  const run = await found(getPayRun(context.db, recordIdOf(params)));
  if (!isId(params.tutorId)) throw notFound();
  const lines = await listPayLines(context.db, run.id, params.tutorId);
  const [first] = lines;
  if (!first) throw notFound();
  const content = await renderPayStatement(context.db, context, run, lines);
  return fileResponse(content, { name: `pay-${run.periodFrom}-${first.tutorRef}.pdf`, type: 'application/pdf' });
}
