import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { countTutorOffers } from '#app/domain/offers/tutor-queries.server.ts';
import { BarShell } from '#app/ui/bar-shell.tsx';
import { WaitingCloseOuts } from '#app/ui/close-out/waiting-close-outs.tsx';
import { tutorNav } from '#app/ui/nav.ts';
import { shellData } from '#app/ui/shell-data.server.ts';
import { unreadOf } from '#app/ui/unread.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  const { db, clock } = args.context;
  const offers = user.tutorId ? await countTutorOffers(db, clock(), user.tutorId) : 0;
  const unread = await unreadOf(args.context, user, 'tutor');
  return { userId: user.id, shell: await shellData(args.context, user, tutorNav({ offers, unread })) };
}

export default function Tutor() {
  const { shell, userId } = useLoaderData<typeof loader>();
  return (
    <BarShell shell={shell} home="/tutor">
      <WaitingCloseOuts key={userId} userId={userId} />
      <Outlet />
    </BarShell>
  );
}
