import type { LoaderFunctionArgs } from '@remix-run/node';
import { isDomainError } from '#app/domain/errors.ts';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import { getMail } from '#app/domain/messages/queries.server.ts';

/** The HTML of one mail, for the frame that shows it: no script, nothing fetched from anywhere. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  if (!mailsAreShown(context.config)) throw new Response('Not found', { status: 404 });
  const mail = await getMail(context.db, params.id ?? '').catch((error) => {
    if (isDomainError(error, 'not_found')) throw new Response(error.message, { status: 404 });
    throw error;
  });
  if (!mail.rendered) throw new Response('Not found', { status: 404 });
  return new Response(mail.rendered.html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'Cache-Control': 'no-store',
    },
  });
}
