import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadFormSettings, saveFormSettings } from '../form-pages/form-settings.server.ts';
import { FormSettingsPage } from '../form-pages/form-settings-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Application form · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadFormSettings(args, 'application');
export const action = (args: ActionFunctionArgs) => saveFormSettings(args, 'application');

export default function ApplicationFormSettings() {
  return <FormSettingsPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
