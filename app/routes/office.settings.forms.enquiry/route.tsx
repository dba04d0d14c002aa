import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadFormSettings, saveFormSettings } from '../form-pages/form-settings.server.ts';
import { FormSettingsPage } from '../form-pages/form-settings-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Enquiry form · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadFormSettings(args, 'enquiry');
export const action = (args: ActionFunctionArgs) => saveFormSettings(args, 'enquiry');

export default function EnquiryFormSettings() {
  return <FormSettingsPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
