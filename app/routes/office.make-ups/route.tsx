import { Alert, Anchor, Group, Stack } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { extendMakeUp } from '#app/domain/make-ups/extend-make-up.server.ts';
import { giveUpMakeUp } from '#app/domain/make-ups/give-up-make-up.server.ts';
import { listMakeUps, listMakingUp, type MakeUpState } from '#app/domain/make-ups/make-up-queries.server.ts';
import { markMakeUp } from '#app/domain/make-ups/mark-make-up.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { viewMakeUp } from '../policy-pages/make-up-view.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { MakeUpCard } from './make-up-card.tsx';

const HELP = {
  text: 'Lessons that may be made up for instead of being charged, and until when. Book the session that makes up for one from here; what expires is charged.',
  about: 'office/cancelling',
} as const;

export const meta: MetaFunction = () => [{ title: 'Make-ups · Lectern' }];

const SHOWN = {
  open: { label: 'Open', states: ['open'] },
  used: { label: 'Made up for', states: ['used'] },
  over: { label: 'Charged', states: ['expired', 'given_up'] },
} satisfies Record<string, { label: string; states: MakeUpState[] }>;
type Shown = keyof typeof SHOWN;
const keys = Object.keys(SHOWN) as Shown[];
const shownOf = (text: string | null): Shown => keys.find((key) => key === text) ?? 'open';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'session.book');
  const { db } = args.context;
  const { organisation, reader } = await readerFor(user, args.context);
  const params = new URL(args.request.url).searchParams;
  const shown = shownOf(params.get('show'));
  const student = params.get('student');
  const rows = await listMakeUps(db, { states: SHOWN[shown].states, ...(isId(student) ? { studentIds: [student] } : {}) });
  const open = rows.filter((row) => row.state === 'open').map((row) => row.id);
  const fits = await listMakingUp(db, open, reader.now);
  return {
    shown,
    student: isId(student) ? student : null,
    today: localDateOf(reader.now, organisation.timezone),
    rows: rows.map((row) => viewMakeUp(row, { reader, base: '/office/sessions', fits: fits.get(row.id) ?? [] })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.book');
  const { context, request } = args;
  const actor = actorOf(user, context);
  const form = await request.formData();
  const makeUpId = textOf(form, 'id');
  if (!isId(makeUpId)) throw notFound();
  const intent = textOf(form, 'intent');
  try {
    if (intent === 'extend') {
      const { organisation } = await readerFor(user, context);
      const today = localDateOf(context.clock(), organisation.timezone);
      await extendMakeUp(context.db, context, actor, { makeUpId, until: textOf(form, 'until'), today });
    } else if (intent === 'charge') {
      await giveUpMakeUp(context.db, context, actor, { makeUpId });
    } else {
      const sessionId = textOf(form, 'session');
      if (!isId(sessionId)) return data({ id: makeUpId, message: 'Choose the session that makes up for it.' }, { status: 400 });
      await markMakeUp(context.db, context, actor, { makeUpId, sessionId });
    }
    return redirect(`/office/make-ups${new URL(request.url).search}`);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'not_found') throw notFound();
    return data({ id: makeUpId, message: error.message }, { status: statusOf(error) });
  }
}

export default function MakeUps() {
  const { rows, shown, student, today } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const search = (show: Shown) => `?${new URLSearchParams({ show, ...(student ? { student } : {}) })}`;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Make-ups"
        description="Lessons that were missed and may be made up for instead of being charged. Unused, each is charged after its last day by itself."
      />
      <Group component="nav" aria-label="Which make-ups" gap="md" mb="md">
        {keys.map((key) => (
          <Anchor
            key={key}
            component={Link}
            to={search(key)}
            size="sm"
            fw={key === shown ? 700 : 400}
            aria-current={key === shown ? 'page' : undefined}
          >
            {SHOWN[key].label}
          </Anchor>
        ))}
        {student ? (
          <Anchor component={Link} to={`?show=${shown}`} size="sm">
            All students
          </Anchor>
        ) : null}
      </Group>
      {rows.length === 0 ? (
        shown === 'open' ? (
          <EmptyState
            title="Nothing is to be made up for"
            text="Where the policy says so, a lesson that was cancelled late or not come to waits here until it is made up for or charged."
            action={{ to: '/office/board', label: 'Open the board' }}
          />
        ) : (
          <EmptyState title="None so far" text="Make-ups that were used, ran out or were given up stand here." />
        )
      ) : (
        <Stack gap="md" maw={900}>
          {rows.map((row) => (
            <MakeUpCard key={row.id} row={row} today={today}>
              {told?.id === row.id ? (
                <Alert color="red" variant="light" role="alert">
                  {told.message}
                </Alert>
              ) : null}
            </MakeUpCard>
          ))}
        </Stack>
      )}
    </>
  );
}
