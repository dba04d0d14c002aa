import type { LoaderFunctionArgs } from '@remix-run/node';
import { isDomainError } from '#app/domain/errors.ts';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import { getMail } from '#app/domain/messages/queries.server.ts';

/** The calendar attachment of one mail. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  if (!mailsAreShown(context.config)) throw new Response('Not found', { status: 404 });
  const mail = await getMail(context.db, params.id ?? '').catch((error) => {
    if (isDomainError(error, 'not_found')) throw new Response(error.message, { status: 404 });
    throw error;
  });
  const calendar = mail.rendered?.calendar;
  if (!calendar) throw new Response('Not found', { status: 404 });
  return new Response(calendar.content, {
    headers: {
      'Content-Type': `text/calendar; charset=utf-8; method=${calendar.method}`,
      'Content-Disposition': `attachment; filename="${calendar.filename}"`,
      'Cache-Control': 'no-store',
    },
  });
}
