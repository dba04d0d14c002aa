export interface ManifestLine {
  /** "config/plugins.ts:17" */
  where: string;
  /** As written: "#plugins/meeting-jitsi/index.ts" or "@acme/lectern-zoom". */
  specifier: string;
}

/**
 * Finds the line of each plugin in the text of config/plugins.ts, in their order: a function can't say where it was
 * written, and a problem without its line makes people search.
 */
export function manifestLines(text: string, file: string): ManifestLine[] {
  const found: ManifestLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(\/\/|\*|\/\*)/.test(line)) continue;
    for (const match of line.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      found.push({ where: `${file}:${index + 1}`, specifier: match[1] ?? '' });
    }
  }
  return found;
}

/** What to call a plugin that could not be read: its folder, or its package. */
export function nameOfSpecifier(specifier: string): string {
  return /^#plugins\/([^/]+)\//.exec(specifier)?.[1] ?? specifier;
}
