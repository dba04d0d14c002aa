import type { LoaderFunctionArgs } from '@remix-run/node';
import { openApi } from '../api-endpoints/open-api.ts';
import { OPERATIONS } from '../api-endpoints/operations.server.ts';

/** The description of the API, for whoever writes a program for it: there is nothing of the company in it. */
export function loader({ context }: LoaderFunctionArgs) {
  return new Response(JSON.stringify(openApi(OPERATIONS, context.config.origin), null, 2), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' },
  });
}
