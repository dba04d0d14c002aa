import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnEnquiry } from '../form-pages/act-on-enquiry.server.ts';
import { EnquiryPage } from '../form-pages/enquiry-page.tsx';
import { titleOf } from '../form-pages/form-frame.tsx';
import { loadForm } from '../form-pages/load-form.server.ts';

export const loader = (args: LoaderFunctionArgs) => loadForm(args, 'enquiry', '/enquire');
export const action = (args: ActionFunctionArgs) => actOnEnquiry(args, '/enquire');

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: titleOf(data, 'enquiry') }];

export default function Enquire() {
  return <EnquiryPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
