import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { ReadyMeetingProvider } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';
import { PluginError } from '#plugins/contract/index.ts';
import type { MeetingSession } from './meeting-session.server.ts';

/**
 * Whose account a session's room is made with: the tutor's connected one where the provider takes it, else the company's
 * (null). A room that is there stays with its account for as long as that is the tutor's, or the company's.
 * Throws PluginError auth_expired where the tutor has to connect one first.
 */
export async function accountFor(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  ready: ReadyMeetingProvider,
  meeting: MeetingSession,
): Promise<string | null> {
  const { auth } = ready.capabilities;
  const plugin = ctx.plugins.registry.plugins.get(ready.install.pluginId)?.plugin;
  const tutors = plugin?.kind === 'meeting' && plugin.oauth !== undefined && (auth === 'per_tutor' || auth === 'either');
  if (!tutors) return null;
  if (auth === 'either' && meeting.ref && meeting.connectionId === null) return null;
  const own = await db
    .selectFrom('providerConnection')
    .select(['id', 'state'])
    .where('installId', '=', ready.install.id)
    .where('tutorId', '=', meeting.tutor.id)
    .where('tokens', 'is not', null)
    .executeTakeFirst();
  // One in trouble is not taken for a new room where the company's will do.
  if (own && (auth === 'per_tutor' || own.state === 'connected' || own.id === meeting.connectionId)) return own.id;
  if (auth === 'either') return null;
  const { name } = meeting.tutor;
  throw new PluginError('auth_expired', `${name} has not connected ${ready.install.name}. ${name} can do it under Settings.`);
}
