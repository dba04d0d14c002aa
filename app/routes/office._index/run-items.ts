import type { WaitingItem } from './waiting.tsx';

/** Invoice runs that wait for somebody: left out while there is nothing to do. */
export function runItems({ stopped, proposals }: { stopped: number; proposals: number }): WaitingItem[] {
  const to = '/office/invoice-runs';
  return [
    ...(stopped > 0
      ? [{ label: 'runs', one: 'invoice run that stopped', many: 'invoice runs that stopped', count: stopped, to, urgent: true }]
      : []),
    ...(proposals > 0
      ? [
          {
            label: 'proposals',
            one: 'invoice run to confirm',
            many: 'invoice runs to confirm',
            count: proposals,
            to,
            urgent: false,
          },
        ]
      : []),
  ];
}
