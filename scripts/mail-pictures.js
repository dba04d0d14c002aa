/**
 * `npm run pictures -- mails`: each mail of its example on one sheet, wide, as on a phone in the dark, and as plain text, in
 * docs/pictures/mails; and docs/mails.md, which lists them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { AUDIENCE_WORDS, eventOf, mailName } from '../app/domain/messages/mail-events.ts';
import { renderMail } from '../emails/render.ts';
import { mailTemplates } from '../emails/templates.ts';
import { findBrowser } from './find-browser.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'docs/pictures/mails';

const long = {
  company: {
    name: 'Meadowbrook and Saint Bartholomew-on-the-Hill Association for Private Tuition, Mentoring and Examinations',
    contact: 'the-office-for-questions-of-all-kinds@meadowbrook-and-saint-bartholomew.example',
  },
  person: 'Maria-Alejandra Guadalupe Fernández de la Vega y Echeverría-Wojciechowska',
  lesson: 'Advanced placement calculus BC with differential equations, Donaudampfschifffahrtsgesellschaftskapitänsmathematik',
};
const booked = mailTemplates['session-confirmed'].example;

/** @type {{ file: string, title: string, name: string, data: unknown }[]} */
const samples = [
  {
    file: 'session-confirmed-ar',
    title: 'Session booked, in Arabic, from right to left',
    name: 'session-confirmed',
    data: {
      ...booked,
      locale: 'ar',
      zone: 'Asia/Dubai',
      recipient: { ...booked.recipient, name: 'ليلى الهاشمي' },
      session: { ...booked.session, lesson: 'الجبر', tutor: 'يوسف حداد', students: ['عمر'] },
      more: [],
    },
  },
  {
    file: 'session-confirmed-long',
    title: 'Session booked, with very long names',
    name: 'session-confirmed',
    data: {
      ...booked,
      company: long.company,
      recipient: { ...booked.recipient, name: long.person },
      session: { ...booked.session, lesson: long.lesson, tutor: long.person, students: [long.person] },
    },
  },
];

/** Takes the pictures and writes the list. */
export async function takeMailPictures() {
  const names = Object.keys(mailTemplates);
  rmSync(`${root}${folder}`, { recursive: true, force: true });
  mkdirSync(`${root}${folder}`, { recursive: true });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 300 } });
  const sheets = names.map((name) => ({ file: name, name, data: mailTemplates[/** @type {'reset'} */ (name)].example }));
  for (const { file, name, data } of [...sheets, ...samples]) {
    await page.setContent(sheetOf(renderMail(name, data)));
    await page.waitForFunction(() => [...document.querySelectorAll('iframe')].every((frame) => frame.contentDocument?.body));
    await page.evaluate(() => {
      for (const frame of document.querySelectorAll('iframe')) {
        frame.style.height = `${frame.contentDocument?.documentElement.scrollHeight ?? 600}px`;
      }
    });
    await page.screenshot({ path: `${root}${folder}/${file}.png`, fullPage: true });
    process.stdout.write(`${folder}/${file}.png\n`);
  }
  await browser.close();
  writeFileSync(`${root}docs/mails.md`, listOf(names));
  process.stdout.write('docs/mails.md\n');
}

/** @param {{ subject: string, html: string, text: string }} mail */
function sheetOf(mail) {
  const dark = mail.html.replaceAll('(prefers-color-scheme: dark)', 'all');
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; padding: 20px; background: #d9dde2; font: 14px/1.5 system-ui, sans-serif; color: #1f2328; }
    h1 { margin: 0 0 14px; font-size: 16px; overflow-wrap: anywhere; }
    main { display: grid; grid-template-columns: 600px 390px 1fr; gap: 16px; align-items: start; }
    iframe { display: block; width: 100%; height: 600px; border: 0; border-radius: 8px; background: #fff; }
    pre { margin: 0; padding: 16px; font: 12px/1.55 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: #fff; border-radius: 8px; }
  </style><h1 dir="auto">${escaped(mail.subject)}</h1><main>
    <iframe srcdoc="${escaped(mail.html)}"></iframe><iframe srcdoc="${escaped(dark)}"></iframe>
    <pre dir="auto">${escaped(mail.text)}</pre></main>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** @param {string[]} names */
function listOf(names) {
  const groups = new Map();
  for (const name of names) {
    const group = eventOf(name)?.group ?? 'Others';
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  const sections = [...groups].map(([group, mails]) => `## ${group}\n\n${mails.map(entryOf).join('\n\n')}`);
  return `# Mails

Every mail that Lectern sends, as it ships in English: wide, on a phone in the dark, and as plain text. They ship in Spanish and
Arabic too, each to its reader in their own language. An administrator changes the words under Settings, Words of mails, with a
preview beside what is typed; the templates are in \`emails/\`, a folder for each. This page and its pictures are made by
\`npm run pictures -- mails\`.

${sections.join('\n\n')}

## Other languages, long names

${samples.map(({ file, title }) => `### ${title}\n\n![${title}](pictures/mails/${file}.png)`).join('\n\n')}
`;
}

/** @param {string} name */
function entryOf(name) {
  const event = eventOf(name);
  const to = (event?.to ?? []).map((audience) => AUDIENCE_WORDS[audience].toLowerCase()).join(', ');
  const about = event ? `${event.when}. To: ${to}.\n\n` : '';
  return `### ${mailName(name)}\n\n${about}![${mailName(name)}](pictures/mails/${name}.png)`;
}
