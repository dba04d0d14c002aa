import { Anchor, Stack } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, forbidden } from '#app/auth/authorize.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { KindsList } from '../clearance-pages/kinds-list.tsx';
import { SendClearanceForm } from '../clearance-pages/send-form.tsx';
import { loadKinds, sendClearance } from '../clearance-pages/send-page.server.ts';

const HELP = {
  text: 'Papers the office needs from you, and until when they are good. A photo will do.',
  about: 'tutor/hours',
} as const;

export const meta: MetaFunction = () => [{ title: 'Documents · Lectern' }];

const PATH = '/tutor/documents';

export async function loader(args: LoaderFunctionArgs) {
  const { tutorId } = await authorize(args, 'tutor.enter');
  return tutorId ? loadKinds(args.context, tutorId, args.request) : null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  const { context, request } = args;
  if (!user.tutorId) throw forbidden();
  const form = await request.formData();
  return sendClearance(context, actorOf(user, context), form, { tutorId: user.tutorId, by: 'tutor', path: PATH });
}

export default function Documents() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Documents"
        description="What the office asks of you. A photo of the paper will do; the office checks it."
      />
      {page === null || page.kinds.length === 0 ? (
        <EmptyState
          title="Nothing is asked of you"
          text="When the office needs a paper of yours, such as a background check, you send it in here and see until when it is good."
        />
      ) : (
        <Stack gap="lg">
          <KindsList
            kinds={page.kinds}
            today={page.today}
            aside={({ type, standing }) =>
              standing !== 'valid' && standing !== 'to_check' && page.types.some(({ id }) => id === type.id) ? (
                <Anchor component={Link} to={`${PATH}?type=${type.id}#send`} size="sm">
                  Send in
                </Anchor>
              ) : null
            }
          />
          {page.types.length > 0 ? (
            <div id="send">
              <Panel title="Send in a document">
                <SendClearanceForm
                  key={`${page.formId} ${page.typeId}`}
                  id={page.formId}
                  types={page.types}
                  typeId={page.typeId}
                  taken={page.taken}
                  answer={answer ?? undefined}
                  as="tutor"
                />
              </Panel>
            </div>
          ) : null}
        </Stack>
      )}
    </>
  );
}
