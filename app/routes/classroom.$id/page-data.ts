import type { RoomRole } from '#app/domain/classroom/protocol.ts';

/** What the page of a classroom is made with, for one person. */
export interface RoomPage {
  sessionId: string;
  title: string;
  tutorName: string;
  /** "Monday 2 March, 15:00 to 16:00" */
  when: string;
  /** How and in which zone times are written for whoever reads, as on all other pages. */
  clock: { locale: string; timeZone: string };
  role: RoomRole;
  name: string;
  iceServers: { urls: string[]; username?: string; credential?: string }[];
  /** Where somebody goes afterwards; null for a guest, who has no other page here. */
  back: { href: string; label: string } | null;
  /** The tutor's next step. */
  closeOut: string | null;
  support: string | null;
  /** By which the whiteboard's pointer is known. */
  colour: string;
}

/** Why there is no way in. */
export interface ShutPage {
  title: string;
  session: string | null;
  message: string;
  /** Where trying again may help. */
  again: string | null;
  back: RoomPage['back'];
  support: string | null;
}
