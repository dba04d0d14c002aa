/** What a template's markup is made of, in its order: typed text, a written name, a block, a part. */
export type MarkupPiece =
  | { kind: 'content'; line: number; text: string }
  | { kind: 'value'; line: number; value: unknown }
  | { kind: 'block'; line: number }
  | { kind: 'partial'; line: number };

interface MarkupListener {
  problem: (line: number, text: string) => void;
  /** A block, by its place among the pieces, and the tag it stands in. */
  block: (index: number, parent: string) => void;
}

const INLINE = ['a', 'br', 'em', 's', 'strong', 'b', 'i', 'u', 'span'];
/** What may stand in what; the empty name is the card. */
const CHILDREN: Record<string, readonly string[]> = {
  '': ['mj-text', 'mj-button', 'mj-table', 'mj-divider', 'mj-spacer'],
  'mj-text': [...INLINE, 'p', 'ul', 'ol'],
  'mj-button': [],
  'mj-table': ['tr'],
  tr: ['td', 'th'],
  ul: ['li'],
  ol: ['li'],
  a: INLINE.filter((tag) => tag !== 'a'),
  ...Object.fromEntries(['td', 'th', 'li', 'p', 'em', 's', 'strong', 'b', 'i', 'u', 'span'].map((tag) => [tag, INLINE])),
};
const VOID = new Set(['br', 'mj-divider', 'mj-spacer']);
const WITHOUT_TEXT = new Set(['', 'mj-table', 'tr', 'ul', 'ol']);

const BOX = ['css-class', 'align', 'padding', 'padding-top', 'padding-bottom', 'padding-left', 'padding-right'];
const FONT = ['color', 'font-size', 'font-style', 'font-weight', 'line-height'];
const ATTRIBUTES: Record<string, readonly string[]> = {
  'mj-text': [...BOX, ...FONT],
  'mj-button': [...BOX, ...FONT, 'href', 'background-color', 'border-radius', 'inner-padding', 'width'],
  'mj-table': [...BOX, ...FONT, 'width'],
  'mj-divider': [...BOX, 'border-color', 'border-style', 'border-width', 'width'],
  'mj-spacer': ['height'],
  a: ['href', 'style'],
  td: ['class', 'style', 'align', 'width', 'colspan', 'dir'],
  th: ['class', 'style', 'align', 'width', 'colspan', 'dir', 'scope'],
  ...Object.fromEntries(['tr', 'span', 'p', 'li', 'ul', 'ol'].map((tag) => [tag, ['style', 'dir']])),
};

const MAX_NESTING = 12;

// A written name within the text is one character, so that what is around it can be read; no template holds these.
const VALUE = '\ue000';
const BLOCK = '\ue001';
const PARTIAL = '\ue002';
const MARKS = { value: VALUE, block: BLOCK, partial: PARTIAL } as const;

/**
 * Reads the markup between a block's braces (or the whole of a template): tags that are allowed where they stand, closed where
 * they were opened, and links that lead to the web.
 */
export function lintMarkup(pieces: readonly MarkupPiece[], parent: string, tell: MarkupListener): void {
  const { text, pieceAt, lineAt } = flatten(pieces);
  const open: { tag: string; line: number }[] = [];
  const inside = () => open.at(-1)?.tag ?? parent;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char !== '<') {
      if (char === BLOCK) tell.block(pieceAt(at), inside());
      else if (char === PARTIAL && inside() !== '') {
        tell.problem(lineAt(at), `A part ({{> …}}) stands by itself, not in <${inside()}>.`);
      } else if (char !== PARTIAL && /\S/.test(char) && WITHOUT_TEXT.has(inside())) {
        const where = inside() === '' ? 'Text stands in <mj-text> … </mj-text>' : `Text can’t stand right in <${inside()}>`;
        tell.problem(lineAt(at), `${where}.`);
        while (at < text.length && text[at] !== '<' && text[at] !== BLOCK) at++;
        continue;
      }
      at++;
      continue;
    }
    const line = lineAt(at);
    const tag = /^<(\/?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"<]*")*)>/i.exec(text.slice(at, at + 4_000));
    if (!tag) {
      tell.problem(
        line,
        /^<!--/.test(text.slice(at)) ? REMARK : 'A < begins no tag that can be read here. Write &lt; for the sign.',
      );
      return;
    }
    const [whole, closes, written = '', rest = ''] = tag;
    const closesItself = rest.endsWith('/');
    const attributes = closesItself ? rest.slice(0, -1) : rest;
    const name = written.toLowerCase();
    if (closes) {
      const last = open.pop();
      if (last?.tag !== name) {
        tell.problem(
          line,
          last ? `<${last.tag}> of line ${last.line} is closed by </${name}>.` : `</${name}> closes nothing here.`,
        );
        return;
      }
    } else {
      if (!CHILDREN[inside()]?.includes(name)) {
        tell.problem(line, refusedTag(name, inside()));
        return;
      }
      lintAttributes({ name, attributes, line, offset: at + 1 + written.length, pieces, pieceAt }, tell);
      if (!VOID.has(name) && !closesItself) open.push({ tag: name, line });
      if (open.length > MAX_NESTING) {
        tell.problem(line, `Tags stand in tags more than ${MAX_NESTING} deep.`);
        return;
      }
    }
    at += whole.length;
  }
  const left = open.at(-1);
  if (left) tell.problem(left.line, `<${left.tag}> is not closed${parent === '' && pieces.length > 0 ? '' : ' in its block'}.`);
}

const REMARK = 'Remarks are written {{! … }}, so that no reader gets them.';

function refusedTag(name: string, inside: string): string {
  const known = Object.values(CHILDREN).some((tags) => tags.includes(name));
  const allowed = (CHILDREN[inside] ?? []).map((tag) => `<${tag}>`).join(' ') || 'only text';
  return known
    ? `<${name}> can’t stand ${inside === '' ? 'by itself' : `in <${inside}>`}. There: ${allowed}.`
    : `<${name}> is not allowed in a mail. There: ${allowed}.`;
}

interface TagAttributes {
  name: string;
  attributes: string;
  line: number;
  offset: number;
  pieces: readonly MarkupPiece[];
  pieceAt: (at: number) => number;
}

function lintAttributes(tag: TagAttributes, tell: MarkupListener): void {
  const { name, attributes, line, offset, pieces, pieceAt } = tag;
  const seen = new Set<string>();
  let rest = attributes;
  for (const match of attributes.matchAll(/\s+([a-z][a-z-]*)="([^"]*)"/gi)) {
    const attribute = (match[1] ?? '').toLowerCase();
    const value = match[2] ?? '';
    rest = rest.replace(match[0], '');
    if (seen.has(attribute)) tell.problem(line, `<${name}> has ${attribute} twice.`);
    seen.add(attribute);
    if (!ATTRIBUTES[name]?.includes(attribute)) tell.problem(line, `<${name}> can’t have ${attribute} here.`);
    else if (attribute === 'href') {
      const at = value.indexOf(VALUE);
      const valueStart = offset + (match.index ?? 0) + match[0].indexOf('"') + 1;
      const piece = at < 0 ? undefined : pieces[pieceAt(valueStart + at)];
      const problem = hrefProblem(value, piece?.kind === 'value' ? piece.value : undefined);
      if (problem) tell.problem(line, problem);
    } else if (!/^[\w\s#%.,:;()-]*$/.test(value) || /url\(|expression|import/i.test(value)) {
      tell.problem(line, `${attribute} of <${name}> holds something that is not allowed there.`);
    }
  }
  if (rest.trim() !== '') tell.problem(line, `<${name}> can’t be read: an attribute is written name="value".`);
  if ((name === 'a' || name === 'mj-button') && !seen.has('href')) tell.problem(line, `<${name}> has no link (href).`);
}

const NO_LINK = 'A link is one web address, such as https://example.org, or one name that is a link, such as {{link}}.';

/** `example`: what the one name in it is in the mail's example; undefined where that isn't known. */
function hrefProblem(value: string, example: unknown): string | undefined {
  if (value === VALUE) return example === undefined || isWeb(example) ? undefined : NO_LINK;
  if (value === `mailto:${VALUE}`) return example === undefined || /^\S+@\S+$/.test(String(example)) ? undefined : NO_LINK;
  return /^(https?:\/\/[^\s<>\\\ue000-\ue002]+|mailto:[^\s<>\\\ue000-\ue002]+)$/.test(value) ? undefined : NO_LINK;
}

const isWeb = (value: unknown) => typeof value === 'string' && (value === '' || /^https?:\/\//.test(value));

function flatten(pieces: readonly MarkupPiece[]) {
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    starts.push(text.length);
    text += piece.kind === 'content' ? piece.text : MARKS[piece.kind];
  }
  const pieceAt = (at: number) => {
    let index = starts.length - 1;
    // An empty piece begins where the next one does.
    while (index > 0 && (starts[index] ?? 0) > at) index--;
    return index;
  };
  const lineAt = (at: number) => {
    const index = pieceAt(at);
    const lines = text.slice(starts[index], at).split('\n').length - 1;
    return (pieces[index]?.line ?? 1) + lines;
  };
  return { text, pieceAt, lineAt };
}
