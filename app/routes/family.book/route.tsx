import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { CreditsNote } from '../credit-pages/credits-note.tsx';
import { creditsToBookWith } from '../credit-pages/credits-to-book-with.server.ts';
import { actOnBookPage, loadBookPage } from '../planning-pages/book-page.server.ts';
import { BookPage } from '../planning-pages/book-page.tsx';
import { familyPlanner } from '../planning-pages/planner-of.server.ts';

export const meta: MetaFunction = () => [{ title: 'Book a session · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const planner = await familyPlanner(args);
  const page = await loadBookPage(planner, new URL(args.request.url).searchParams);
  return { ...page, credits: await creditsToBookWith(args) };
}

export async function action(args: ActionFunctionArgs) {
  return actOnBookPage(await familyPlanner(args), await args.request.formData());
}

export default function FamilyBook() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <CreditsNote {...page.credits} />
      <BookPage page={page} answer={answer ?? undefined} />
    </>
  );
}
