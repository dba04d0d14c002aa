import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';

/** The families whose money this reader may see, and the one of the URL, else the first. */
export async function payerOf(args: LoaderFunctionArgs): Promise<{ clientIds: string[]; clientId: string }> {
  const user = await authorize(args, 'family.enter');
  if (!user.roles.includes('client')) throw forbidden();
  const clientIds = user.clientIds.filter((clientId) => can(user, 'invoice.read', { type: 'client', clientId }));
  const wanted = new URL(args.request.url).searchParams.get('client');
  const clientId = clientIds.find((id) => id === wanted) ?? clientIds[0];
  if (!clientId) throw forbidden();
  return { clientIds, clientId };
}
