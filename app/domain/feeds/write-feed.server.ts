import { instantToWall, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { fold, text, utc } from '#emails/calendar-file.ts';
import { timeZoneLines } from './time-zone-lines.ts';

export interface FeedEvent {
  uid: string;
  /** Counts up with every change, as in the mails. */
  sequence: number;
  changedAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** Where it was planned: the entry keeps that zone's wall time. */
  zone: string;
  state: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  summary: string;
  location: string;
  description: string;
  url: string;
}

export interface Feed {
  name: string;
  from: Date;
  to: Date;
  events: readonly FeedEvent[];
}

/** A calendar to subscribe to (RFC 5545), with the rules of the zones its entries are in. The same input, the same text. */
export function writeFeed({ name, from, to, events }: Feed): string {
  const zones = [...new Set(events.map((event) => event.zone).filter((zone) => !isUtc(zone)))].sort();
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lectern//Feed//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`,
    `X-WR-CALNAME:${text(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    // A day on either side, since the first and the last may run over the edge.
    ...zones.flatMap((zone) => timeZoneLines(zone, new Date(from.getTime() - DAY), new Date(to.getTime() + DAY))),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

const DAY = 86_400_000;

function eventLines(event: FeedEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `LAST-MODIFIED:${utc(event.changedAt)}`,
    `DTSTART${when(event.startsAt, event.zone)}`,
    `DTEND${when(event.endsAt, event.zone)}`,
    `SUMMARY:${text(event.summary)}`,
    ...(event.location === '' ? [] : [`LOCATION:${text(event.location)}`]),
    `DESCRIPTION:${text(event.description)}`,
    `URL:${event.url}`,
    `STATUS:${event.state}`,
    `TRANSP:${event.state === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}

/** In its zone; in UTC where the zone's clock reads so twice and the other reading would be taken. */
function when(at: Date, zone: string): string {
  const wall = instantToWall(at, zone);
  if (isUtc(zone) || wallToInstant(wall, zone)?.getTime() !== at.getTime()) return `:${utc(at)}`;
  return `;TZID=${zone}:${wall.replaceAll(/[-:]/g, '')}00`;
}

const isUtc = (zone: string) => /^(Etc\/)?(UTC|GMT|Universal|Zulu)$/.test(zone);
