import type { LoaderFunctionArgs } from '@remix-run/node';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { webManifest } from './web-manifest.ts';

/** Under which name and with which icon a phone keeps Lectern among its apps. The company's name is on its sign-in page too. */
export async function loader({ context }: LoaderFunctionArgs) {
  const organisation = await findOrganisation(context.db);
  return new Response(JSON.stringify(webManifest(organisation)), {
    headers: { 'Content-Type': 'application/manifest+json', 'Cache-Control': 'public, max-age=3600' },
  });
}
