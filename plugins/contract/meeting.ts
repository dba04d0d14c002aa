import type { EffectContext } from './effect-context.ts';

/** What a provider can do, as data: pages read it without running the plugin, and hide what is not there. */
export interface MeetingCapabilities {
  /** `ahead`: made when the session is booked. `static`: nothing has to be made, the room is there by its name. */
  provisioning: 'ahead' | 'static';
  /** Whether making it twice gives one room (`idempotent`), must be looked up first (`reconcile`), or makes nothing. */
  create: 'idempotent' | 'reconcile' | 'not_needed';
  /** One link for all, a link per person, or no link at all (the session is at a place). */
  links: 'shared' | 'per_person' | 'none';
  attendance: 'webhook' | 'poll' | 'none';
  /** Whose account it runs on: the company's, each tutor's own, either, or none is needed. */
  auth: 'install' | 'per_tutor' | 'either' | 'none';
  /** Can be had at once, for a session that starts now. */
  instant: boolean;
  recording: boolean;
  /** null: no limit. */
  maxParticipants: number | null;
}

export interface MeetingTutor {
  id: string;
  name: string;
  /** The tutor's own fixed room, when they have one. */
  personalRoomUrl: string | null;
}

/** The room that a session needs. */
export interface MeetingWant {
  sessionId: string;
  /**
   * Unguessable, 26 characters of a-z2-7, the same at every attempt for this session at this install: a room's name, or the mark to
   * find a room by when it is not known whether an earlier attempt made it.
   */
  code: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone that the session was planned in. */
  timezone: string;
  tutor: MeetingTutor;
  /** Where it takes place, for sessions in person; null when not said. */
  place: string | null;
}

/** What an earlier attempt left: null where there was none. */
export interface MeetingHave {
  ref: string | null;
  joinUrl: string | null;
}

export type Provisioned =
  /** `ref` is the provider's id of the room; `joinUrl` is there when all share one link. */
  | { state: 'ready'; ref: string; joinUrl?: string }
  /** Not yet: ask again after so many seconds. */
  | { state: 'pending'; ref?: string; retryAfterSeconds: number };

export interface Participant {
  userId: string;
  name: string;
  email: string | null;
  /** `host` is the session's tutor, `observer` the office. */
  role: 'host' | 'guest' | 'observer';
}

/** When the room may be entered, and whose session it is at the moment of the click. */
export interface JoinWindow {
  opensAt: Date;
  closesAt: Date;
  tutor: MeetingTutor;
}

export type MeetingContext = EffectContext;

/** An effect plugin that gives sessions a room. It runs from the job queue after commit, never inside a transaction. */
export interface MeetingProvider {
  /**
   * Makes the room, or changes the one that is there (`have.ref`) to what is wanted now. Called again after a failure,
   * and whenever the session's time or tutor changes; must then come to one room, not two.
   */
  provision(ctx: MeetingContext, want: MeetingWant, have: MeetingHave): Promise<Provisioned>;
  /** Where a create can't be repeated safely: the room that carries `want.code`, if an earlier attempt made it. */
  findByCode?(ctx: MeetingContext, want: MeetingWant): Promise<{ ref: string; joinUrl?: string } | undefined>;
  /** Gives the room up. One that is gone already is a success. */
  release(ctx: MeetingContext, have: MeetingHave): Promise<void>;
  /** The link for this person, resolved at the click; undefined where there is no room to enter online. */
  joinUrl(ctx: MeetingContext, have: MeetingHave, who: Participant, window: JoinWindow): Promise<string | undefined>;
  /** Said at booking, not at the hour: why this tutor can't be given a room here, or undefined. Pure. */
  missingFor?(tutor: MeetingTutor): string | undefined;
}
