import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnBookPage, loadBookPage } from '../planning-pages/book-page.server.ts';
import { BookPage } from '../planning-pages/book-page.tsx';
import { familyPlanner } from '../planning-pages/planner-of.server.ts';

export const meta: MetaFunction = () => [{ title: 'Book a session · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  return loadBookPage(await familyPlanner(args), new URL(args.request.url).searchParams);
}

export async function action(args: ActionFunctionArgs) {
  return actOnBookPage(await familyPlanner(args), await args.request.formData());
}

export default function FamilyBook() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <BookPage page={page} answer={answer ?? undefined} />;
}
