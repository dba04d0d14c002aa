import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { answerDescription } from '../describe-provider/answer-description.server.ts';
import { DescriptionForm } from '../describe-provider/description-form.tsx';
import { STARTER } from '../describe-provider/starter.ts';

export const meta: MetaFunction = () => [{ title: 'Describe a meeting provider · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'plugins.manage');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'plugins.manage');
  const { context, request } = args;
  const answered = await answerDescription(context, actorOf(user, context), await request.formData());
  if ('savedInstallId' in answered) return redirect(`/office/settings/plugins/${answered.savedInstallId}?saved=described`);
  return data(answered.answer, { status: answered.status });
}

export default function NewDescription() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Describe a meeting provider"
        description="For a provider with a web interface that no plugin is there for. No programming, and no restart: once it is saved it is set up like any other."
        back={{ to: '/office/settings/plugins', label: 'Plugins' }}
      />
      <DescriptionForm answer={answer} source={STARTER} version="" cancelTo="/office/settings/plugins" />
    </>
  );
}
