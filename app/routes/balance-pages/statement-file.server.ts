import type { LoaderFunctionArgs } from '@remix-run/node';
import { renderStatement } from '#app/domain/billing/documents/statement-document.server.ts';
import { getStatement } from '#app/domain/billing/statement-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readPeriod } from '../money-pages/period.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

/** The statement of the URL's days; last month's where they are none. */
export async function statementFile({ context, request }: LoaderFunctionArgs, clientId: string): Promise<Response> {
  const today = localDateOf(context.clock(), (await getOrganisation(context.db)).timezone);
  const { period } = readPeriod(new URL(request.url).searchParams, today);
  if (!period) throw new Response('Choose the days first.', { status: 400 });
  const statement = await getStatement(context.db, clientId, period);
  const content = await renderStatement(context.db, context, statement);
  return fileResponse(content, { name: `statement-${period.from}.pdf`, type: 'application/pdf' });
}
