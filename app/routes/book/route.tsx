import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnBook } from '../book-pages/act-on-book.server.ts';
import { BookPage } from '../book-pages/book-page.tsx';
import { loadBook } from '../book-pages/load-book.server.ts';

export const loader = (args: LoaderFunctionArgs) => loadBook(args, '/book');
export const action = (args: ActionFunctionArgs) => actOnBook(args, '/book');

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.company ? `Book a lesson · ${data.company.name}` : 'Book a lesson' },
];

export default function Book() {
  return <BookPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />;
}
