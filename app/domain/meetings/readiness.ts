import { z } from 'zod';

/** What somebody's browser found before a session. Browser-safe. */

export const CHECKED = ['camera', 'microphone', 'speaker', 'connection', 'provider'] as const;
export type Checked = (typeof CHECKED)[number];

/** `weak`: there, and not good enough to rely on. */
export const FOUND = ['ok', 'missing', 'denied', 'weak', 'not_tested'] as const;
export type Found = (typeof FOUND)[number];

export type Readiness = Record<Checked, Found>;

const found = z.enum(FOUND).catch('not_tested');

export const readinessSchema = z.object({
  camera: found,
  microphone: found,
  speaker: found,
  connection: found,
  provider: found,
});

export const NOTHING_TESTED: Readiness = readinessSchema.parse({});

/** Heard and seen, with a line that holds. A speaker is known by the answer of a person alone, so its silence says nothing. */
export function isReady(result: Readiness): boolean {
  const good: readonly Found[] = ['ok'];
  return (
    (['camera', 'microphone', 'connection'] as const).every((part) => good.includes(result[part])) &&
    CHECKED.every((part) => result[part] === 'ok' || result[part] === 'not_tested')
  );
}

const names: Record<Checked, string> = {
  camera: 'camera',
  microphone: 'microphone',
  speaker: 'speaker',
  connection: 'connection',
  provider: 'way to the room',
};

const words: Record<Exclude<Found, 'ok' | 'not_tested'>, string> = {
  missing: 'not found',
  denied: 'not allowed',
  weak: 'weak',
};

/** "camera not allowed, connection weak", or what was tested and works. */
export function readinessWords(result: Readiness): string {
  const wrong = CHECKED.flatMap((part) => {
    const state = result[part];
    return state === 'ok' || state === 'not_tested' ? [] : [`${names[part]} ${words[state]}`];
  });
  if (wrong.length > 0) return wrong.join(', ');
  const good = CHECKED.filter((part) => result[part] === 'ok').map((part) => names[part]);
  return good.length === 0
    ? 'nothing was tested'
    : `${new Intl.ListFormat('en', { type: 'conjunction' }).format(good)} ${good.length === 1 ? 'works' : 'work'}`;
}
