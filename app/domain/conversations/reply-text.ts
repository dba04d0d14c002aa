import { MOST_CHARACTERS } from './conversation-text.ts';

/**
 * What somebody wrote in an answer by mail, without what their mail program quotes below it: the text up to the first line
 * that begins a quotation. Answers written between quoted lines keep what is not quoted.
 */
export function replyTextOf(mail: string): string {
  const lines = mail.replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (beginsQuotation(line) || beginsQuotation(`${line} ${lines[at + 1] ?? ''}`, 2)) {
      // What follows may be an answer below the quotation, as long as that is marked as one.
      const rest = lines.slice(at + 1);
      const after = rest.findIndex((one) => one.trim() !== '' && !/^\s*>/.test(one) && !endsIntroduction(one));
      if (after === -1 || !rest.slice(0, after).some((one) => /^\s*>/.test(one))) break;
      at += after;
      continue;
    }
    if (/^-- ?$/.test(line) || /^_{10,}$/.test(line.trim())) break;
    if (!/^\s*>/.test(line)) kept.push(line.trimEnd());
  }
  const text = kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - CUT.length)}${CUT}`;
}

const CUT = '\n\n[The rest was longer than a message can be.]';

const endsIntroduction = (line: string) => /(wrote|schrieb|écrit|escribió|ha scritto|escreveu|كتب)\s*:?\s*$/i.test(line);

/** "On Tue, 3 Mar 2026 at 10:00, Tess <…> wrote:", perhaps over two lines, and what other programs write instead. */
function beginsQuotation(line: string, lines = 1): boolean {
  const text = line.trim();
  if (/^(on|am|le|el|il|em|في)\s.{5,300}(wrote|schrieb|écrit|escribió|ha scritto|escreveu|كتب)\s*:$/iu.test(text)) return true;
  if (lines > 1) return false;
  if (
    /^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message)\s*-{2,}$/i.test(
      text,
    )
  )
    return true;
  // Outlook: the head of the mail that is answered.
  return /^\**(from|von|de|da)\**:\**\s.*(@|\[mailto:)/i.test(text);
}
