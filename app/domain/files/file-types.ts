import { isOfficeDocument, openDocumentType } from './zip-kinds.ts';

/** The types of file that can be taken, each known by its first bytes; what a browser or a name says counts for nothing. */
export const FILE_TYPES = {
  pdf: { label: 'PDF', mediaType: 'application/pdf', endings: ['pdf'] },
  jpeg: { label: 'JPEG picture', mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  png: { label: 'PNG picture', mediaType: 'image/png', endings: ['png'] },
  webp: { label: 'WebP picture', mediaType: 'image/webp', endings: ['webp'] },
  heic: { label: 'HEIC picture (iPhone)', mediaType: 'image/heic', endings: ['heic', 'heif'] },
  word: {
    label: 'Word document',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
  },
  excel: {
    label: 'Excel workbook',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
  },
  powerpoint: {
    label: 'PowerPoint slides',
    mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    endings: ['pptx'],
  },
  odt: { label: 'OpenDocument text', mediaType: 'application/vnd.oasis.opendocument.text', endings: ['odt'] },
  ods: { label: 'OpenDocument sheet', mediaType: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'] },
  odp: { label: 'OpenDocument slides', mediaType: 'application/vnd.oasis.opendocument.presentation', endings: ['odp'] },
  text: { label: 'Plain text or CSV', mediaType: 'text/plain', endings: ['txt', 'csv'] },
} as const;

export type FileType = keyof typeof FILE_TYPES;

export const FILE_TYPE_NAMES = Object.keys(FILE_TYPES) as FileType[];

/** No file is larger, whatever an admin sets: it is read into memory whole. */
export const MOST_MEGABYTES = 25;

/** What a file is by its bytes; undefined for what is none of ours, such as HTML, SVG or a program. */
export function typeOfBytes(bytes: Uint8Array, name: string): FileType | undefined {
  const has = (signature: string, at = 0) => [...signature].every((char, n) => bytes[at + n] === char.charCodeAt(0));
  if (has('%PDF-')) return 'pdf';
  if (has('\xff\xd8\xff')) return 'jpeg';
  if (has('\x89PNG\r\n\x1a\n')) return 'png';
  if (has('RIFF') && has('WEBP', 8)) return 'webp';
  if (has('ftyp', 4) && ['heic', 'heix', 'hevc', 'mif1', 'msf1'].some((brand) => has(brand, 8))) return 'heic';
  if (has('PK\x03\x04')) return openDocumentType(bytes) ?? isOfficeDocument(bytes);
  return isNamedText(name) && isText(bytes) ? 'text' : undefined;
}

const endingOf = (name: string) => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

const isNamedText = (name: string) => (FILE_TYPES.text.endings as readonly string[]).includes(endingOf(name));

/** UTF-8 without characters that no text has, and no markup. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    return !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) && !text.trimStart().startsWith('<');
  } catch {
    return false;
  }
}

/**
 * A name to keep and to send back: the last part of a path, one line, without characters that turn its direction, ending
 * as its type does. "../evil.html" with a PDF in it becomes "evil.html.pdf".
 */
export function fileNameFor(given: string, type: FileType): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  const endings: readonly string[] = FILE_TYPES[type].endings;
  const right = endings.includes(endingOf(plain));
  const ending = right ? endingOf(plain) : (endings[0] ?? type);
  // A picture that only goes by another picture's ending gets its own instead of a second one.
  const known = FILE_TYPE_NAMES.some((name) => (FILE_TYPES[name].endings as readonly string[]).includes(endingOf(plain)));
  const stem = right || known ? plain.slice(0, plain.lastIndexOf('.')) : plain;
  return `${[...stem].slice(0, 120).join('').trim() || 'File'}.${ending}`;
}

/** "PDF, JPEG picture or PNG picture" */
export function labelsOf(types: readonly FileType[]): string {
  const labels = types.map((type) => FILE_TYPES[type].label);
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}`;
}

/** For the `accept` of a form's field. */
export function acceptOf(types: readonly FileType[]): string {
  return types.flatMap((type) => FILE_TYPES[type].endings.map((ending) => `.${ending}`)).join(',');
}

/** "214 KB", "1.3 MB" */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
