import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { renderSample } from '#app/domain/billing/documents/sample.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return fileResponse(await renderSample(args.context.db, args.context), { name: 'sample.pdf', type: 'application/pdf' });
}
