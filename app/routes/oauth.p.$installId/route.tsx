import { Button } from '@mantine/core';
import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, findUser, forbidden, notFound } from '#app/auth/authorize.server.ts';
import { finishConnecting } from '#app/domain/connections/finish-connecting.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { Entrance } from '#app/ui/entrance.tsx';

export const meta: MetaFunction = () => [{ title: 'Not connected · Lectern' }];

/** A provider's own page sends the tutor's browser back to here. */
export async function loader(args: LoaderFunctionArgs) {
  const { context, params, request } = args;
  // The way back holds a code: it is not carried through the sign-in page.
  if ((await findUser(args)) === null) throw redirect('/login?to=/tutor/settings');
  const user = await authorize(args, 'tutor.enter');
  const { tutorId, signInSessionId } = user;
  if (!tutorId) throw forbidden();
  const installId = params.installId ?? '';
  if (!isId(installId)) throw notFound();
  await authorize(args, 'provider.connect', { type: 'tutor', tutorId });
  const parameters = new URL(request.url).searchParams;
  try {
    await finishConnecting(context.db, context, actorOf(user, context), { installId, tutorId, signInSessionId, parameters });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data({ message: error.message }, { status: statusOf(error) });
  }
  throw redirect(`/tutor/settings?connected=${installId}`);
}

export default function NotConnected() {
  const { message } = useLoaderData<typeof loader>();
  return (
    <Entrance title="Not connected" message={message}>
      <Button component={Link} to="/tutor/settings" reloadDocument>
        Back to your settings
      </Button>
    </Entrance>
  );
}
