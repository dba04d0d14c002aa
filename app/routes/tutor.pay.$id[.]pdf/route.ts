import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { getPayRun, listPayLines } from '#app/domain/payroll/pay-run-queries.server.ts';
import { renderPayStatement } from '#app/domain/payroll/pay-statement.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  const { context } = args;
  const id = recordIdOf(args.params);
  if (user.tutorId === null) throw notFound();
  await authorize(args, 'pay.read', { type: 'tutor', tutorId: user.tutorId }, { hide: true });
  const [run, lines] = [await found(getPayRun(context.db, id)), await listPayLines(context.db, id, user.tutorId)];
  if (lines.length === 0 || run.status === 'void') throw notFound();
  const content = await renderPayStatement(context.db, context, run, lines);
  return fileResponse(content, { name: `pay-${run.periodFrom}.pdf`, type: 'application/pdf' });
}
