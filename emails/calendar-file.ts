/**
 * Events as iCalendar (RFC 5545, RFC 5546). The instants are written in UTC, which every calendar
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
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
  filename: string;
  content: string;
}

export function calendarFile(event: CalendarEvent): CalendarFile {
  const { name, address } = event.attendee;
  const attendee = `ATTENDEE;CN=${parameter(name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${address}`;
  return {
    method: event.method,
    filename: event.method === 'CANCEL' ? 'cancelled.ics' : 'session.ics',
    content: fileOf(event.method, eventLines(event, event.method === 'CANCEL', [attendee])),
  };
}

/** Many entries in one file: an invitation is of one event only, so these are published for the reader to take over. */
export function publishedCalendar(events: readonly (Omit<CalendarEvent, 'method' | 'attendee'> & { cancelled: boolean })[]) {
  const lines = events.flatMap((event) => eventLines(event, event.cancelled, []));
  return { method: 'PUBLISH', filename: 'schedule.ics', content: fileOf('PUBLISH', lines) } satisfies CalendarFile;
}

function fileOf(method: CalendarFile['method'], events: readonly string[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lectern//Sessions//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function eventLines(
  event: Omit<CalendarEvent, 'method' | 'attendee'>,
  cancelled: boolean,
  attendees: readonly string[],
): string[] {
  return [
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
    ...attendees,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
}

/** What a session is called in every calendar it gets into, by mail or by feed, so that it stands in each of them once. */
export function sessionUid(sessionId: string, link: string): string {
  return `session-${sessionId}@${new URL(link).hostname}`;
}

/** An instant as iCalendar writes it. */
export function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** What a person typed, as a value. */
export function text(value: string): string {
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
export function fold(whole: string): string {
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
