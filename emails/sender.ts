/** Takes `Name <name@host>` or a bare address apart. */
export function senderOf(mailFrom: string): { name: string; address: string } {
  const match = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(mailFrom);
  if (!match) return { name: '', address: mailFrom.trim() };
  return { name: match[1] ?? '', address: (match[2] ?? '').trim() };
}
