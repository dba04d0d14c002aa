import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnApplication } from '../form-pages/act-on-application.server.ts';
import { ApplicationPage } from '../form-pages/application-page.tsx';
import { titleOf } from '../form-pages/form-frame.tsx';
import { loadForm } from '../form-pages/load-form.server.ts';

export const loader = (args: LoaderFunctionArgs) => loadForm(args, 'application', '/apply/embed');
export const action = (args: ActionFunctionArgs) => actOnApplication(args, '/apply/embed');

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: titleOf(data, 'application') }];

export default function ApplyEmbed() {
  return <ApplicationPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
