import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { loadTimelinePage } from '../person-pages/timeline-page.server.ts';
import { TimelinePage } from '../person-pages/timeline-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Client'}: timeline · Lectern` }];

export const loader = (args: LoaderFunctionArgs) => loadTimelinePage(args, 'client');

export default function ClientTimeline() {
  return <TimelinePage />;
}
