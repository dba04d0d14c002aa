import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { exportLedger, isLedgerFormat } from '#app/domain/billing/export-ledger.server.ts';

/** All of the books as a journal, streamed as it is read. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const format = new URL(args.request.url).searchParams.get('format') ?? 'hledger';
  if (!isLedgerFormat(format)) throw notFound();
  const name = format === 'hledger' ? 'books.journal' : 'books.beancount';
  return new Response(createReadableStreamFromReadable(Readable.from(exportLedger(args.context.db, format))), {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
