import { Button, Group, Text, TextInput } from '@mantine/core';
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { IconVideo } from '@tabler/icons-react';
import { guestName, MOST_NAME_LENGTH, writeGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { lookAtDoor } from '#app/domain/meetings/resolve-join-url.server.ts';
import sections from '#app/ui/session-sections.module.css';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DoorCard } from '../join-pages/door-card.tsx';
import { DoorFrame } from '../join-pages/door-frame.tsx';
import { GuestLinkIsOver } from '../join-pages/guest-link-is-over.tsx';
import { guestDoor, loadGuest } from '../join-pages/load-guest.server.ts';

export const meta: MetaFunction = () => [
  { title: 'Join · Lectern' },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
];

/** Only shows the way in, so that whatever looks at links in mails ahead counts nobody as there. */
export async function loader(args: LoaderFunctionArgs) {
  const headers = { 'Cache-Control': 'no-store' };
  const loaded = await loadGuest(args);
  if (!loaded) return data(null, { status: 404, headers });
  const { clock, db } = args.context;
  const look = await lookAtDoor(db, { clock }, loaded.session, loaded.guest);
  const open = look.state === 'open' || look.state === 'pending';
  const seen = { ...look, state: look.state === 'open' ? ('pending' as const) : look.state };
  const door = { ...guestDoor(clock(), loaded, seen), refreshSeconds: null };
  return data({ door, name: loaded.guest.name, open, most: MOST_NAME_LENGTH }, { headers });
}

/** The name to go in by; an empty one is the student's again. */
export async function action(args: ActionFunctionArgs) {
  const loaded = await loadGuest(args);
  if (!loaded) return data(null, { status: 404 });
  const name = guestName(String((await args.request.formData()).get('name') ?? ''));
  const cookie = writeGuestCookie(args.context.config, { ...loaded.cookie, name });
  return redirect(`/join/${loaded.cookie.token}`, { headers: { 'Set-Cookie': cookie } });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function GuestJoin() {
  const page = useLoaderData<typeof loader>();
  if (!page) return <GuestLinkIsOver />;
  const { door, name, open, most } = page;
  if (!open) return <DoorCard door={door} />;
  return (
    <DoorFrame session={door.session} title="The room is open" support={door.support}>
      <Text>You go in as {name}. This link is for this session and nobody else: please don’t pass it on.</Text>
      {/* A plain link: following it keeps who joined, so nothing may fetch it ahead. */}
      <Button component="a" href={door.again?.href ?? ''} leftSection={<IconVideo size={18} aria-hidden />}>
        Join
      </Button>
      <details className={sections.more}>
        <summary>Go in by another name</summary>
        <Form method="post">
          <Group align="flex-end" gap="xs">
            <TextInput name="name" label="Your name" maxLength={most} defaultValue={name} autoComplete="name" key={name} />
            <SubmitButton variant="default">Use this name</SubmitButton>
          </Group>
        </Form>
      </details>
    </DoorFrame>
  );
}
