interface SentFile {
  name: string;
  mediaType: string;
  content: Uint8Array;
}

/** A file to save, never shown in place: what somebody else sent never runs as a page of ours. */
export function fileResponse({ name, mediaType, content }: SentFile): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
      'Content-Length': String(content.byteLength),
      'Content-Disposition': dispositionOf(name),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** RFC 6266: plain letters for old programs, and the name itself. */
function dispositionOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w. -]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
