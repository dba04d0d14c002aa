import { convertIcsCalendar } from 'ts-ics';
import { describe, expect, it } from 'vitest';
import { compileTemplate, renderMail } from './render.ts';
import { sessionExample } from './session.ts';
import { type MailTemplate, mailTemplates } from './templates.ts';

const names = Object.keys(mailTemplates) as MailTemplate[];
const example = (name: MailTemplate) => mailTemplates[name].example;

describe('every mail', () => {
  it.each(names)('%s names the company and has one button, whose link is in the text too', (name) => {
    const mail = renderMail(name, example(name));
    const { link, company } = example(name);
    const links = mail.html.match(/<a [^>]*href="([^"]+)"/g)?.map((a) => a.replaceAll('&#x3D;', '='));
    expect(links?.filter((a) => a.includes(link))).toHaveLength(1);
    expect(mail.html).toContain(company.name);
    expect(mail.text).toContain(link);
    expect(mail.text).toContain(company.name);
    expect(mail.subject).not.toBe('');
  });

  it.each(names)('%s follows a dark mail program and asks nothing of other hosts', (name) => {
    const { html } = renderMail(name, example(name));
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/<img|<link|@import|url\(/i);
  });

  it.each(names)('%s escapes what people typed in HTML, and leaves it as typed in text', (name) => {
    const typed = `Zoë <img src=x onerror=alert(1)> & "Co"`;
    const mail = renderMail(name, {
      ...example(name),
      company: { name: typed, contact: null },
      recipient: { name: typed, address: 'zoe@example.org' },
    });
    expect(mail.html).not.toContain('<img');
    expect(mail.html).toContain('&lt;img');
    expect(mail.text).toContain(typed);
    expect(mail.text).not.toMatch(/&(amp|lt|gt|quot|#)/);
  });

  it.each(names)('%s refuses data that lack a value, so that no mail has a hole in it', (name) => {
    const { company: _, ...rest } = example(name);
    expect(() => renderMail(name, rest)).toThrow(/company/);
  });

  it.each(names)('%s refuses a link that is not http', (name) => {
    expect(() => renderMail(name, { ...example(name), link: 'javascript:alert(1)' })).toThrow(/link/);
  });
});

it('keeps Łukasz and 小林 as they are', () => {
  const mail = renderMail('session-confirmed', {
    ...sessionExample,
    recipient: { name: '小林 さくら', address: 'k@example.org' },
  });
  expect(mail.text).toContain('小林 さくら');
  expect(mail.html).toContain('Łukasz Nowak');
  expect(unfold(mail.calendar?.content ?? '')).toContain('Algebra II (Łukasz Nowak)');
});

it('refuses a line break in a name, which could begin a header', () => {
  const name = 'Ann\r\nBcc: thief@example.org';
  for (const at of [{ recipient: { name, address: 'a@example.org' } }, { inviter: name }]) {
    expect(() => renderMail('invitation', { ...mailTemplates.invitation.example, ...at })).toThrow(/one line/);
  }
});

it.each(['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', '<a@example.org>', 'a'])(
  'refuses the address %j',
  (address) => {
    const data = { ...mailTemplates.reset.example, recipient: { name: 'Ann', address } };
    expect(() => renderMail('reset', data)).toThrow(/recipient.address/);
  },
);

it('refuses a template that writes unescaped text', () => {
  expect(() => compileTemplate('{{{company.name}}}', 'markup')).toThrow(/unescaped/);
  expect(() => compileTemplate('{{& company.name}}', 'markup')).toThrow(/unescaped/);
  expect(() => compileTemplate('{{~{company.name}~}}', 'markup')).toThrow(/unescaped/);
});

it('refuses a name the data do not have, and calls that are not its own few', () => {
  expect(() => compileTemplate('{{nope}}', 'text')({ company: {} })).toThrow(/nope/);
  expect(() => compileTemplate('{{constructor.constructor "return 1"}}', 'text')({})).toThrow();
  expect(() => compileTemplate('{{run "x"}}', 'text')({ run: () => 1 })).toThrow(/run/);
});

it('says money exactly, whatever its size and decimals', () => {
  const invoice = mailTemplates.invoice.example;
  const total = (amount: string, currency: string) => renderMail('invoice', { ...invoice, total: amount, currency }).subject;
  expect(total('9007199254740993', 'USD')).toContain('$90,071,992,547,409.93');
  expect(total('1500', 'JPY')).toContain('¥1,500');
  expect(total('1234', 'KWD')).toContain('KWD 1.234');
  expect(total('-5', 'USD')).toContain('-$0.05');
});

it("says a session's time in the reader's zone, and the company's beside it where they differ", () => {
  const mail = renderMail('session-confirmed', { ...sessionExample, zone: 'Europe/Warsaw' });
  expect(mail.text).toContain('10:00 PM – 11:00 PM (Warsaw time)');
  expect(mail.text).toContain('4:00 PM (New York time) for Meadowbrook Tutoring');
  expect(renderMail('session-confirmed', sessionExample).text).not.toContain(' for Meadowbrook');
});

describe('the calendar attachment', () => {
  it('is one event that keeps its id, rises with the version, and is taken out by a cancellation', () => {
    const at = (version: number) => ({ ...sessionExample, session: { ...sessionExample.session, version } });
    const booked = event(renderMail('session-confirmed', at(1)));
    const moved = event(renderMail('session-changed', at(2)));
    const gone = event(renderMail('session-cancelled', at(3)));
    expect([booked.method, moved.method, gone.method]).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
    expect(new Set([booked.uid, moved.uid, gone.uid])).toEqual(new Set([`session-${sessionExample.session.id}@lectern.example`]));
    expect([booked.sequence, moved.sequence, gone.sequence]).toEqual([1, 2, 3]);
    expect(gone.status).toBe('CANCELLED');
    expect(booked.start.date).toEqual(new Date('2026-11-24T21:00:00Z'));
    expect(booked.end?.date).toEqual(new Date('2026-11-24T22:00:00Z'));
  });

  it('lets no typed text begin a line of its own, and folds at 75 octets within no character', () => {
    const mail = renderMail('session-confirmed', {
      ...sessionExample,
      session: {
        ...sessionExample.session,
        lesson: `${'小林'.repeat(30)}; a, b \\ "c"`,
        where: 'Room 1\\nATTENDEE:mailto:thief@example.org',
      },
    });
    const content = mail.calendar?.content ?? '';
    expect(content.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(content).not.toContain('\ufffd');
    expect(unfold(content).match(/^ATTENDEE/gm)).toHaveLength(1);
    expect(event(mail).summary).toContain('小林'.repeat(30));
  });
});

function event(mail: ReturnType<typeof renderMail>) {
  const calendar = convertIcsCalendar(undefined, mail.calendar?.content ?? '');
  const [only, ...others] = calendar.events ?? [];
  if (!only || others.length > 0) throw new Error('the attachment must hold one event');
  return { ...only, method: calendar.method };
}

function unfold(content: string): string {
  return content.replaceAll('\r\n ', '');
}
