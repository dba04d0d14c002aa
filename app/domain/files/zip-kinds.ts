/** What a ZIP archive is, read from its list of entries without opening any of them. */

const ODF = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
} as const;

/** OpenDocument begins with an entry `mimetype`, stored as it is. */
export function openDocumentType(bytes: Uint8Array): (typeof ODF)[keyof typeof ODF] | undefined {
  const start = ascii(bytes.subarray(30, 130));
  if (!start.startsWith('mimetype')) return undefined;
  const named = Object.keys(ODF).find((type) => start.slice(8).startsWith(`${type}PK`));
  return named === undefined ? undefined : ODF[named as keyof typeof ODF];
}

const OFFICE = { 'word/document.xml': 'word', 'xl/workbook.xml': 'excel', 'ppt/presentation.xml': 'powerpoint' } as const;

/** Office Open XML; undefined for one that carries macros. */
export function isOfficeDocument(bytes: Uint8Array): (typeof OFFICE)[keyof typeof OFFICE] | undefined {
  const names = entriesOf(bytes);
  if (!names.includes('[Content_Types].xml') || names.some((name) => /vbaProject\.bin$/i.test(name))) return undefined;
  const main = Object.keys(OFFICE).find((name) => names.includes(name));
  return main === undefined ? undefined : OFFICE[main as keyof typeof OFFICE];
}

const END_OF_LIST = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const MOST_ENTRIES = 20_000;

function entriesOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return [];
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  while (names.length < MOST_ENTRIES && at + 46 <= end && view.getUint32(at, true) === ENTRY) {
    const length = view.getUint16(at + 28, true);
    names.push(ascii(bytes.subarray(at + 46, at + 46 + length)));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** Before it may stand nothing but a comment of 64 KB. */
function endOf(view: DataView): number | undefined {
  const from = view.byteLength - END_BYTES;
  for (let at = from; at >= 0 && at >= from - 0xffff; at--) if (view.getUint32(at, true) === END_OF_LIST) return at;
  return undefined;
}

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes);
