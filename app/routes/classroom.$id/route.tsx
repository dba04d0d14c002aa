import { Container, Loader, Stack, Text, Title } from '@mantine/core';
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { notFound } from '#app/auth/authorize.server.ts';
import { signInPath } from '#app/auth/redirect-target.ts';
import { findComer } from '#app/domain/classroom/find-comer.server.ts';
import { type Comer, findSeat, type RoomSession } from '#app/domain/classroom/find-seat.server.ts';
import { ownRoomFor } from '#app/domain/classroom/own-room.server.ts';
import type { RoomRole } from '#app/domain/classroom/protocol.ts';
import { getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { Classroom } from './classroom.tsx';
import { EndPage } from './end-page.tsx';
import type { RoomPage, ShutPage } from './page-data.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.room?.title ?? page?.shut?.title ?? 'Classroom'} · Lectern` },
  { name: 'robots', content: 'noindex' },
];

/** Somebody in the room stays in it: what changes there comes over the room's own line. */
export const shouldRevalidate: ShouldRevalidateFunction = () => false;

export async function loader({ context, params, request }: LoaderFunctionArgs): Promise<{ room?: RoomPage; shut?: ShutPage }> {
  const { db } = context;
  const id = recordIdOf(params);
  const comer = await findComer(db, context, request.headers.get('Cookie'), id);
  if (!comer) throw redirect(signInPath(request));
  const found = await findSeat(db, context, id, comer);
  if ('refused' in found && (found.refused === 'not_found' || !found.session)) throw notFound();
  const session = found.session as RoomSession;
  // The door says from when on, counts down, and opens by itself.
  const atTheDoor = 'refused' in found && (found.refused === 'too_early' || found.refused === 'no_room');
  if (atTheDoor && 'user' in comer) throw redirect(`/sessions/${session.id}/join`);

  if ('refused' in found) {
    const shut: ShutPage = {
      title: found.refused === 'too_early' ? 'The classroom is not open yet' : 'The classroom is closed',
      session: session.title,
      message: found.message,
      again: atTheDoor ? `/classroom/${session.id}` : null,
      back: backOf(comer, session, undefined),
      support: session.supportContact,
    };
    return { shut };
  }
  const { seat } = found;
  const { iceServers } = await ownRoomFor(db, context, found);
  const clock = await clockOf(context, comer, session.id);
  const room: RoomPage = {
    sessionId: session.id,
    title: session.title,
    tutorName: session.tutorName,
    when: whenText(clock, session),
    clock,
    role: seat.role,
    name: seat.name,
    iceServers,
    back: backOf(comer, session, seat.role),
    closeOut: seat.role === 'host' ? `/tutor/sessions/${session.id}/close-out` : null,
    support: session.supportContact,
    colour: COLOURS[seat.role],
  };
  return { room };
}

const COLOURS: Record<RoomRole, string> = { host: '#1b5292', guest: '#2b8a3e', observer: '#868e96' };

/** Of the person where they chose, else of the company. */
async function clockOf({ db }: LoaderFunctionArgs['context'], comer: Comer, sessionId: string): Promise<RoomPage['clock']> {
  const organisation = await getJoinSession(db, sessionId);
  const user = 'user' in comer ? comer.user : undefined;
  return { locale: user?.locale ?? organisation.locale, timeZone: user?.timezone ?? organisation.timezone };
}

function whenText({ locale, timeZone }: RoomPage['clock'], { startsAt, endsAt }: RoomSession) {
  const time = (at: Date) => at.toLocaleTimeString(locale, { timeZone, timeStyle: 'short' });
  const day = startsAt.toLocaleDateString(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  return `${day}, ${time(startsAt)} to ${time(endsAt)}`;
}

function backOf(comer: Comer, session: RoomSession, role: RoomRole | undefined): RoomPage['back'] {
  if ('guest' in comer) return null;
  const { user } = comer;
  const place =
    user.tutorId === session.tutorId
      ? 'tutor'
      : role === 'observer' || user.clientIds.length + user.studentIds.length + user.guardedIds.length === 0
        ? 'office'
        : 'family';
  return { href: `/${place}/sessions/${session.id}`, label: 'Back to the session' };
}

export default function ClassroomRoute() {
  const { room, shut } = useLoaderData<typeof loader>();
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  if (shut) {
    return (
      <EndPage title={shut.title} session={shut.session} lines={[shut.message]} back={shut.back} support={shut.support}>
        {shut.again ? <a href={shut.again}>Try again</a> : null}
      </EndPage>
    );
  }
  if (!room) return null;
  if (inBrowser) return <Classroom page={room} />;
  return (
    <Container component="main" size={920} py="xl">
      <Stack gap="md">
        <Title order={1}>{room.title}</Title>
        <Loader size="sm" aria-label="The classroom is being loaded" />
        <noscript>
          <Text>The classroom works with JavaScript alone: allow it for this page, or open it in another browser.</Text>
        </noscript>
      </Stack>
    </Container>
  );
}
