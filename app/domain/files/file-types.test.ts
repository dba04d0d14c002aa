import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesWords, FILE_TYPE_NAMES, FILE_TYPES, fileNameFor, typeOfBytes } from './file-types.ts';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** An archive of empty entries, as any program writes it. */
function zip(names: string[], first?: { name: string; content: string }): Uint8Array {
  const u16 = (n: number) => String.fromCharCode(n & 255, n >> 8);
  const u32 = (n: number) => u16(n & 0xffff) + u16(n >>> 16);
  const entries = [...(first ? [first] : []), ...names.map((name) => ({ name, content: '' }))];
  let body = '';
  let list = '';
  for (const { name, content } of entries) {
    const sizes = u32(0) + u32(content.length) + u32(content.length) + u16(name.length) + u16(0);
    list += `PK\x01\x02${u16(20)}${u16(20)}${u16(0)}${u16(0)}${u32(0)}${sizes}${u16(0)}${u16(0)}${u16(0)}${u32(0)}${u32(body.length)}${name}`;
    body += `PK\x03\x04${u16(20)}${u16(0)}${u16(0)}${u32(0)}${sizes}${name}${content}`;
  }
  const count = u16(entries.length);
  return bytes(`${body}${list}PK\x05\x06${u32(0)}${count}${count}${u32(list.length)}${u32(body.length)}${u16(0)}`);
}

describe('what a file is', () => {
  it.each([
    ['%PDF-1.7\n', 'pdf'],
    ['\xff\xd8\xff\xe0\x00\x10JFIF', 'jpeg'],
    ['\x89PNG\r\n\x1a\n\x00', 'png'],
    ['RIFF\x00\x00\x00\x00WEBPVP8 ', 'webp'],
    ['\x00\x00\x00\x18ftypheic', 'heic'],
  ])('is read from its first bytes, whatever it is called: %j', (content, type) => {
    expect(typeOfBytes(bytes(content), 'page.html')).toBe(type);
  });

  it.each([
    '<!doctype html><script>alert(1)</script>',
    '  \n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg/>',
    'MZ\x90\x00',
    'GIF89a<script>',
    'x%PDF-1.7',
    'PK\x03\x04',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '',
  ])('is nothing that is taken where its bytes are a page, a program or unknown: %j', (content) => {
    for (const name of ['report.pdf', 'picture.png', 'letter.docx']) expect(typeOfBytes(bytes(content), name)).toBeUndefined();
  });

  it('text is text only under a name of text, without markup and without bytes that no text has', () => {
    expect(typeOfBytes(new TextEncoder().encode('Žižek;12\n'), 'list.csv')).toBe('text');
    expect(typeOfBytes(bytes('hello'), 'hello.html')).toBeUndefined();
    expect(typeOfBytes(bytes(' \n<svg/>'), 'drawing.txt')).toBeUndefined();
    expect(typeOfBytes(bytes('a\x00b'), 'a.txt')).toBeUndefined();
    expect(typeOfBytes(bytes('\xff\xfe<\x00'), 'a.txt')).toBeUndefined();
  });

  it('office documents are known by their parts, and not taken with macros in them', () => {
    const parts = ['[Content_Types].xml', '_rels/.rels'];
    expect(typeOfBytes(zip([...parts, 'word/document.xml']), 'a.docx')).toBe('word');
    expect(typeOfBytes(zip([...parts, 'xl/workbook.xml']), 'a')).toBe('excel');
    expect(typeOfBytes(zip([...parts, 'ppt/presentation.xml']), 'a')).toBe('powerpoint');
    expect(typeOfBytes(zip([...parts, 'word/document.xml', 'word/vbaProject.bin']), 'a.docx')).toBeUndefined();
    expect(typeOfBytes(zip(['index.html', 'word/document.xml']), 'a.docx')).toBeUndefined();
    const mimetype = { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' };
    expect(typeOfBytes(zip(['content.xml'], mimetype), 'a.odt')).toBe('odt');
  });

  it('no bytes break it', () => {
    const start = fc.constantFrom('', '%PDF-', 'PK\x03\x04', 'PK\x03\x04PK\x05\x06', 'RIFF', '\x00\x00\x00\x18ftyp');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), fc.string(), (head, rest, name) => {
        const type = typeOfBytes(Uint8Array.from([...bytes(head), ...rest]), name);
        expect(type === undefined || type in FILE_TYPES).toBe(true);
      }),
    );
  });
});

describe('the name a file is kept under', () => {
  it.each([
    ['CV.pdf', 'CV.pdf'],
    ['C:\\Users\\Ann\\My CV.PDF', 'My CV.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['evil.html', 'evil.html.pdf'],
    ['scan.jpg', 'scan.pdf'],
    ['a"\r\nSet-Cookie: x=1\r\n.pdf', 'a" Set-Cookie: x=1.pdf'],
    ['\u202Efdp.exe', 'fdp.exe.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['', 'File.pdf'],
    ['Führungszeugnis – Özil.pdf', 'Führungszeugnis – Özil.pdf'],
  ])('of %j is %j', (given, kept) => {
    expect(fileNameFor(given, 'pdf')).toBe(kept);
  });

  it('is one line without a path and ends as its type does, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...FILE_TYPE_NAMES), (given, type) => {
        const name = fileNameFor(given, type);
        expect(name).not.toMatch(/[\p{Cc}/\\]/u);
        expect(FILE_TYPES[type].endings.some((ending) => name.endsWith(`.${ending}`))).toBe(true);
        expect([...name].length).toBeLessThanOrEqual(126);
        expect(() => encodeURIComponent(name)).not.toThrow();
      }),
    );
  });
});

it('a size is said as people read it', () => {
  expect([12, 214_300, 1_250_000, 999_900].map(bytesWords)).toEqual(['12 bytes', '214 KB', '1.3 MB', '1.0 MB']);
});
