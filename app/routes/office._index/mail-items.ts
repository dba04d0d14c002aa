import type { WaitingItem } from './waiting.tsx';

/** Mails that don't get out, for who may read them: left out while all goes well. */
export function mailItems({ stuck, bounced }: { stuck: number; bounced: number }): WaitingItem[] {
  return [
    ...(stuck > 0
      ? [
          {
            label: 'mails',
            one: 'mail that can’t be handed over yet',
            many: 'mails that can’t be handed over yet',
            count: stuck,
            to: '/office/mails?state=waiting',
            urgent: true,
          },
        ]
      : []),
    ...(bounced > 0
      ? [
          {
            label: 'bounced',
            one: 'mail came back this week',
            many: 'mails came back this week',
            count: bounced,
            to: '/office/mails?state=bounced',
            urgent: false,
          },
        ]
      : []),
  ];
}
