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
      const next = answerBelow(lines, at + 1);
      if (next === undefined) break;
      at = next - 1;
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

/** The line after a quotation, where one is marked and something follows it. Each line is looked at once, however many there are. */
function answerBelow(lines: readonly string[], from: number): number | undefined {
  let marked = false;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^\s*>/.test(line)) marked = true;
    else if (line.trim() !== '' && !endsIntroduction(line)) return marked ? at : undefined;
  }
  return undefined;
}

const endsIntroduction = (line: string) => /(wrote|schrieb|écrit|escribió|ha scritto|escreveu|كتب)\s*:?$/i.test(line.trimEnd());

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
