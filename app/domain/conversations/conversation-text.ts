import { z } from 'zod';

/** What people write to each other. Browser-safe. */

export const MOST_CHARACTERS = 10_000;

/** As it came from a form: line ends made one kind, nothing around it. */
export const bodySchema = z
  .string()
  .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim())
  .pipe(
    z
      .string()
      .min(1, 'Write something first')
      .max(MOST_CHARACTERS, `A message has at most ${MOST_CHARACTERS.toLocaleString('en')} characters`),
  );

export type TextPart = { text: string; href?: string };

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

/** A message's text with its links. Only what is an http(s) address becomes one, and it says where it leads. */
export function partsOf(body: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of body.matchAll(LINK)) {
    const text = withoutEnd(found);
    if (!URL.canParse(text)) continue;
    if (index > end) parts.push({ text: body.slice(end, index) });
    parts.push({ text, href: new URL(text).href });
    end = index + text.length;
  }
  if (end < body.length) parts.push({ text: body.slice(end) });
  return parts;
}

/** A sentence's full stop or bracket after a link is not the link's. Read once from its end: whoever writes chooses how much there is. */
function withoutEnd(link: string): string {
  const passed = link.includes('(') ? '.,;:!?…' : '.,;:!?…)';
  let end = link.length;
  while (end > 0 && passed.includes(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

/** The beginning, for a list. */
export function excerptOf(body: string, most = 140): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}
