import type { InstallState, InstallView } from '#app/plugin-host/types.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

export const kindWords = {
  billing: {
    title: 'Billing modes',
    text: 'How a family pays. The default holds for every family without a mode of its own; changing it changes nothing already posted.',
  },
  meeting: {
    title: 'Meeting providers',
    text: 'Where online sessions meet. The default holds for every program and session without a provider of its own.',
  },
  payment: {
    title: 'Payments',
    text: 'How families pay by card: at the provider’s page, or from a card they have agreed to keep there.',
  },
  payroll: {
    title: 'Payroll exports',
    text: 'The file that an approved pay run gives to whoever pays the tutors.',
  },
} as const;

export const stateWords: Record<InstallState, { label: string; tone: Tone }> = {
  enabled: { label: 'Enabled', tone: 'good' },
  test: { label: 'In test', tone: 'attention' },
  disabled: { label: 'Disabled', tone: 'quiet' },
  degraded: { label: 'Degraded', tone: 'bad' },
  orphaned: { label: 'Code gone', tone: 'bad' },
};

export const stateTexts: Record<InstallState, string> = {
  enabled: 'It can be chosen everywhere.',
  test: 'It works and can be chosen by hand, but is never taken by itself and can’t be the default.',
  disabled: 'Nothing new uses it. What it did stays, and what it began it finishes.',
  degraded: 'It should work and can’t. Nothing new uses it until that is mended.',
  orphaned: 'The plugin is no longer part of this installation. What it did stays readable.',
};

/** What a meeting provider can do, one line each, out of its capabilities. */
export function capabilityLines(capabilities: NonNullable<InstallView['capabilities']>): string[] {
  const { provisioning, links, auth, attendance, instant, recording, maxParticipants } = capabilities;
  const lines: string[] = [];
  if (links === 'none') lines.push('There is no link: the session is at a place.');
  else if (links === 'own') lines.push('The room is a page of Lectern itself.');
  else if (provisioning === 'on_join') lines.push('The room is made when the first person joins.');
  else if (provisioning === 'static') lines.push('The room is there at once; nothing has to be made.');
  else lines.push('The room is made when the session is booked.');
  if (links === 'shared') lines.push('Everybody in a session has the same link.');
  if (links === 'per_person') lines.push('Everybody has a link of their own.');
  if (auth === 'none') lines.push('No account is needed.');
  if (auth === 'install') lines.push('It runs on the company’s account.');
  if (auth === 'per_tutor') lines.push('It runs on what each tutor has set up.');
  if (auth === 'either') lines.push('It runs on the company’s account or on each tutor’s own.');
  if (instant) lines.push('A session can start at once.');
  if (recording) lines.push('Sessions can be recorded.');
  if (attendance !== 'none') lines.push('It tells who came and when.');
  if (maxParticipants !== null) lines.push(`At most ${maxParticipants} people fit in.`);
  return lines;
}
