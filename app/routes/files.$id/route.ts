import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { findFile, findFileContent } from '#app/domain/files/queries.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';

/** A file to save, never shown in place: what somebody else sent never runs as a page of ours. */
export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db, clock } = args.context;
  const file = await findFile(db, recordIdOf(args.params), clock());
  if (!file || !can(user, 'file.read', { type: 'shared', ...file.shared })) throw notFound();
  const content = await findFileContent(db, file.id);
  if (!content) throw notFound();
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
      'Content-Length': String(content.byteLength),
      'Content-Disposition': dispositionOf(file.name),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** RFC 6266: plain letters for old programs, and the name itself. */
function dispositionOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w. -]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
