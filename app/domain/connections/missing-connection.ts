import type { ConnectionState } from './queries.server.ts';

/** Why a tutor can't be given a room on an account of their own, said at booking; undefined when they can. */
export function missingConnection(
  tutorName: string,
  installName: string,
  state: ConnectionState | undefined,
): string | undefined {
  if (state === 'connected') return undefined;
  const [first = tutorName] = tutorName.split(' ');
  const what =
    state === undefined || state === 'disconnected'
      ? `${first} has not connected ${installName} yet.`
      : state === 'expired'
        ? `${first}’s connection to ${installName} has ended.`
        : `${first} has not allowed ${installName} all that a room takes.`;
  const how = state === undefined || state === 'disconnected' ? 'do it' : 'connect it again';
  return `${what} ${first} can ${how} at /tutor/settings; until then choose another provider.`;
}
