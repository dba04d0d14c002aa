import type { ConnectionState } from '#app/domain/connections/queries.server.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

export const connectionWords: Record<ConnectionState, { label: string; tone: Tone }> = {
  connected: { label: 'Connected', tone: 'good' },
  expired: { label: 'Has ended', tone: 'bad' },
  scope_missing: { label: 'Not all allowed', tone: 'bad' },
  disconnected: { label: 'Not connected', tone: 'quiet' },
};

/** What giving an account up means for what is planned. */
export function disconnectText({ installName, sessions }: { installName: string; sessions: number }): string {
  const planned =
    sessions === 0
      ? 'No session that is planned meets there.'
      : `${sessions === 1 ? '1 session that is planned meets' : `${sessions} sessions that are planned meet`} there. Rooms that were made stay open, but can’t be moved or given up from here any more.`;
  return `Lectern forgets its access to the account, and tells ${installName} so. ${planned}`;
}
