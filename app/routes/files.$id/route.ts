import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { findFile, findFileContent } from '#app/domain/files/queries.server.ts';
import { fileResponse } from '#app/ui/file-response.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db, clock } = args.context;
  const file = await findFile(db, recordIdOf(args.params), clock());
  if (!file || !can(user, 'file.read', { type: 'shared', ...file.shared })) throw notFound();
  const content = await findFileContent(db, file.id);
  if (!content) throw notFound();
  return fileResponse({ ...file, content });
}
