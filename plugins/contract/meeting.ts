import type { EffectContext } from './effect-context.ts';
import type { WebhookRequest } from './webhook.ts';

/** What a provider can do, as data: pages read it without running the plugin, and hide what is not there. */
export interface MeetingCapabilities {
  /**
   * `ahead`: made when the session is booked. `static`: nothing has to be made, the room is there by its name, and `provision` calls
   * nobody. `on_join`: made by whoever comes first, in `joinUrl`; `provision` calls nobody.
   */
  provisioning: 'ahead' | 'static' | 'on_join';
  /** Whether making it twice gives one room (`idempotent`), must be looked up first (`reconcile`), or makes nothing. */
  create: 'idempotent' | 'reconcile' | 'not_needed';
  /** One link for all, a link per person, no link at all (the session is at a place), or a room that Lectern shows itself. */
  links: 'shared' | 'per_person' | 'none' | 'own';
  attendance: 'webhook' | 'poll' | 'none';
  /**
   * Whose account it runs on: the company's, each tutor's own, either, or none is needed. With `oauth`, `per_tutor` means that the
   * tutor connects an account; `either` takes the tutor's where one is connected and the company's else.
   */
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
  /** Where the company's account finds its user for the tutor; null when not known. */
  email: string | null;
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
  /** Places in the session, the tutor's not counted. */
  students: number;
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

/** An account at the provider that was connected with OAuth. */
export interface ConnectedAccount {
  /** The provider's id of it. */
  ref: string;
  /** What a person knows it by, mostly an e-mail address. */
  label: string;
  scopes: readonly string[];
}

export interface MeetingContext extends EffectContext {
  /** Whose account this call acts for: the tutor's; null where it is the company's own, or none is needed. */
  account: ConnectedAccount | null;
  /**
   * A token that was good a moment ago, of `account` (refreshed by its time) or, without one, from the plugin's `installToken`.
   * Given the one that the provider has just answered 401 to, it gets another; where there is none it throws `auth_expired`.
   */
  accessToken(rejected?: string): Promise<string>;
}

/** Somebody as the provider knows them in one meeting. */
export interface PresentPerson {
  /** The provider's id of the person in this meeting: the same in every event and in its report. */
  key: string;
  name: string;
  email: string | null;
  /** `Participant.userId`, where the provider hands back what it was given; null elsewhere. */
  userId: string | null;
}

/** One stay in the room; a person who came back has two. */
export interface Presence {
  person: PresentPerson;
  joinedAt: Date;
  /** null: still there, or not told. */
  leftAt: Date | null;
}

/** What a provider told of one room. */
export type MeetingEvent = {
  /** The same for every delivery of this event: it is handled once. */
  key: string;
  /** The provider's own name for it. */
  type: string;
  /** `MeetingHave.ref` of the room. */
  ref: string;
  at: Date;
} & (
  | { fact: 'started' | 'ended' }
  /** Somebody removed the room at the provider. */
  | { fact: 'gone' }
  | { fact: 'joined' | 'left'; person: PresentPerson }
  /** Of no concern, and not told again. */
  | { fact: 'other' }
);

export type MeetingWebhookResult =
  /** `reply`: what is answered where the provider asks for more than 200 (its handshake). */
  | { ok: true; events: MeetingEvent[]; reply?: { contentType: string; body: string } }
  /** 400 for what can't be read, 401 for a signature that isn't the provider's or is older than five minutes. */
  | { ok: false; status: number; message: string };

/** What the page of a room of our own is made with. */
export interface OwnRoom {
  /** As `RTCPeerConnection` takes them, with passwords that end with the session. */
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

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
  /**
   * The link for this person, resolved at the click; undefined where there is no room to enter online. `want` is the session as it
   * is now, with the same code: for a provider that tells a room's links by being asked for the room again.
   */
  joinUrl(
    ctx: MeetingContext,
    have: MeetingHave,
    who: Participant,
    window: JoinWindow,
    want: MeetingWant,
  ): Promise<string | undefined>;
  /** With `links: 'own'`: what its page is made with, for this person. Calls nobody. */
  ownRoom?(who: Participant, window: JoinWindow, now: Date): OwnRoom;
  /** Who was there, as the provider's report says; asked after the end, again until it is complete. */
  attendance?(ctx: MeetingContext, have: MeetingHave): Promise<Presence[]>;
  /** Reads an event that came to `/hooks/p/{installId}`. Pure: verifies the signature over the raw bytes, calls nobody. */
  webhook?(request: WebhookRequest): MeetingWebhookResult;
  /** Said at booking, not at the hour: why this tutor can't be given a room here, or undefined. Pure. */
  missingFor?(tutor: MeetingTutor): string | undefined;
}
