import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { getDescription } from '#app/plugin-host/declared/queries.server.ts';
import { removeDescription } from '#app/plugin-host/declared/remove-description.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { answerDescription } from '../describe-provider/answer-description.server.ts';
import { DescriptionForm } from '../describe-provider/description-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Description of a meeting provider · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'plugins.manage');
  const { db, clock } = args.context;
  return getDescription(db, args.params.id ?? '', clock()).catch(missing);
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'plugins.manage');
  const { context, request } = args;
  const id = args.params.id ?? '';
  const form = await request.formData();
  const actor = actorOf(user, context);
  if (form.get('intent') === 'remove') {
    await removeDescription(context.db, actor, { id });
    return redirect('/office/settings/plugins');
  }
  const answered = await answerDescription(context, actor, form, { id }).catch(missing);
  if ('savedInstallId' in answered) return redirect(`/office/settings/plugins/${answered.savedInstallId}?saved=described`);
  return data(answered.answer, { status: answered.status });
}

function missing(error: unknown): never {
  if (isDomainError(error, 'not_found')) throw notFound();
  throw error;
}

export default function EditDescription() {
  const { id, source, version, sessionsToCome } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const told =
    sessionsToCome === 0
      ? 'No session to come meets there.'
      : `${sessionsToCome} ${sessionsToCome === 1 ? 'session' : 'sessions'} to come meet there and need another provider then.`;
  return (
    <>
      <PageHeader
        title="Description of a meeting provider"
        description={id}
        back={{ to: '/office/settings/plugins', label: 'Plugins' }}
        actions={
          <ConfirmButton
            label="Remove"
            consequence={`Nothing new can use it. ${told} What took place stays readable.`}
            confirm="Remove the description"
            fields={{ intent: 'remove' }}
            dangerous
          />
        }
      />
      <DescriptionForm answer={answer} source={source} version={String(version)} cancelTo="/office/settings/plugins" />
    </>
  );
}
