import type { WaitingItem } from './waiting.tsx';

/** What of the pipeline and of one's tasks waits for somebody. */
export function pipelineItems(requests: { new: number; ageing: number }, tasks: { due: number; overdue: number }): WaitingItem[] {
  return [
    {
      label: 'tasks',
      one: 'task due',
      many: 'tasks due',
      count: tasks.due,
      to: '/office/tasks',
      urgent: tasks.overdue > 0,
    },
    {
      label: 'new requests',
      one: 'new request',
      many: 'new requests',
      count: requests.new,
      to: '/office/requests',
      urgent: false,
    },
    {
      label: 'waiting requests',
      one: 'request that waits too long',
      many: 'requests that wait too long',
      count: requests.ageing,
      to: '/office/requests?ageing=1',
      urgent: true,
    },
  ];
}
