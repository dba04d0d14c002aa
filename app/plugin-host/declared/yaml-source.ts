import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { DescriptionProblem } from './problem.ts';

/** More than ten times what a provider takes. */
export const MOST_CHARACTERS = 32_000;

export type Path = readonly PropertyKey[];

export type ReadSource =
  | {
      ok: true;
      value: unknown;
      /** The line of what stands at the path, or of what it would stand in. */
      lineOf(path: Path): number | null;
    }
  | { ok: false; problems: DescriptionProblem[] };

/**
 * Reads a description's YAML: plain maps, lists, texts, numbers and yes-or-no. Anchors, aliases and tags, which can point in circles
 * or blow a short text up, are refused, and so is a key that stands twice.
 */
export function readSource(source: string): ReadSource {
  const refuse = (line: number | null, message: string): ReadSource => ({ ok: false, problems: [{ line, at: '', message }] });
  if (source.length > MOST_CHARACTERS) return refuse(null, `The text is longer than ${MOST_CHARACTERS} characters`);
  const lines = new LineCounter();
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : Math.max(1, lines.linePos(offset).line));
  const problems: DescriptionProblem[] = [];
  try {
    const document = parseDocument(source, { lineCounter: lines, schema: 'core', prettyErrors: false });
    // One slip makes many errors: the first says where to look.
    for (const error of document.errors.slice(0, 1)) {
      problems.push({ line: lineAt(error.pos[0]), at: '', message: yamlWords(error.message) });
    }
    if (problems.length > 0) return { ok: false, problems };
    visit(document, {
      Node(_key, node) {
        const line = lineAt(node.range?.[0]);
        const anchored = isAlias(node) || ('anchor' in node && node.anchor);
        if (anchored) problems.push({ line, at: '', message: 'Anchors (&) and aliases (*) are not taken: write it out' });
        else if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) {
          problems.push({ line, at: '', message: `The tag ${node.tag} is not taken` });
        }
      },
    });
    if (problems.length > 0) return { ok: false, problems };
    if (!isMap(document.contents)) return refuse(1, 'It must be a list of keys with their values, like "id: meeting-acme"');
    const root: Node = document.contents;
    return { ok: true, value: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => lineAt(offsetOf(root, path)) };
  } catch (error) {
    if (error instanceof RangeError) return refuse(null, 'It goes too deep');
    throw error;
  }
}

function offsetOf(root: Node, path: Path): number | undefined {
  let node: Node = root;
  let offset = root.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0];
      if (!isNode(pair.value)) return offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (!isNode(item)) return offset;
      offset = item.range?.[0];
      node = item;
    } else return offset;
  }
  return offset;
}

function yamlWords(message: string): string {
  if (message.startsWith('Map keys must be unique')) return 'This key stands here twice';
  const said = message.split('\n')[0]?.replace(/[.:]$/, '') ?? '';
  return `It is not YAML: ${said}. (A text with ": " or, between braces, with { } in it stands in quotes)`;
}
