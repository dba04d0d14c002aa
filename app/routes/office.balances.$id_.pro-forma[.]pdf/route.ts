import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { renderProForma } from '#app/domain/billing/documents/pro-forma-document.server.ts';
import { getProForma } from '#app/domain/billing/pro-forma-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { proFormaPeriod } from '../balance-pages/pro-forma-period.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { context, request } = args;
  const today = localDateOf(context.clock(), (await getOrganisation(context.db)).timezone);
  const { period, fallback } = proFormaPeriod(request.url, today);
  const proForma = await found(getProForma(context.db, context, recordIdOf(args.params), period ?? fallback));
  const content = await renderProForma(context.db, context, proForma);
  return fileResponse(content, { name: `pro-forma-${proForma.from}.pdf`, type: 'application/pdf' });
}
