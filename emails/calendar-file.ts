/**
 * One event as iCalendar (RFC 5545, RFC 5546). The instants are written in UTC, which every calendar
 * shows in its owner's zone and which needs no copy of a zone's rules. Times and ids are ours;
 * what people typed is escaped, and control characters never reach the file.
 */
export interface CalendarEvent {
  method: 'REQUEST' | 'CANCEL';
  uid: string;
  sequence: number;
  stamp: Date;
  from: Date;
  to: Date;
  summary: string;
  location: string;
  description: string;
  url: string;
  organiser: { name: string; address: string };
  attendee: { name: string; address: string };
}

export interface CalendarFile {
  method: 'REQUEST' | 'CANCEL';
  filename: string;
  content: string;
}

export function calendarFile(event: CalendarEvent): CalendarFile {
  const cancelled = event.method === 'CANCEL';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lectern//Sessions//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${event.method}`,
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.stamp)}`,
    `DTSTART:${utc(event.from)}`,
    `DTEND:${utc(event.to)}`,
    `SUMMARY:${text(event.summary)}`,
    ...(event.location === '' ? [] : [`LOCATION:${text(event.location)}`]),
    `DESCRIPTION:${text(event.description)}`,
    `URL:${event.url}`,
    `ORGANIZER;CN=${parameter(event.organiser.name)}:mailto:${event.organiser.address}`,
    `ATTENDEE;CN=${parameter(event.attendee.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${event.attendee.address}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return {
    method: event.method,
    filename: cancelled ? 'cancelled.ics' : 'session.ics',
    content: `${lines.map(fold).join('\r\n')}\r\n`,
  };
}

function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function text(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(CONTROL, '');
}

// A parameter's value can't escape a quote, so quotes are taken out (RFC 5545, 3.2).
function parameter(value: string): string {
  return `"${value.replaceAll('"', "'").replaceAll(CONTROL, ' ')}"`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get in
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** Lines have at most 75 octets; a character of several octets is never cut in two. */
function fold(whole: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of whole) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  parts.push(part);
  return parts.join('\r\n');
}
