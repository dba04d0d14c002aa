import type { ExcalidrawElement, FileId } from '@excalidraw/excalidraw/element/types';
import type { BinaryFileData, BinaryFiles, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import type * as Y from 'yjs';
import { type BoardImage, imagesOf } from './board-doc.ts';

const underWay = new WeakMap<Y.Doc, Set<string>>();

const fileIdOf = (element: ExcalidrawElement) => (element.type === 'image' && !element.isDeleted ? element.fileId : null);

/**
 * Uploads the images that were put on the board here and that nobody has yet, each once; the drawing then names their
 * addresses. Throws when one could not be kept; the next change tries it again.
 */
export async function shareImages(
  doc: Y.Doc,
  elements: readonly ExcalidrawElement[],
  files: BinaryFiles,
  upload: (file: File) => Promise<string>,
): Promise<void> {
  const images = imagesOf(doc);
  const busy = underWay.get(doc) ?? new Set<string>();
  underWay.set(doc, busy);
  const ids = new Set(elements.flatMap((element) => fileIdOf(element) ?? []));
  for (const id of ids) {
    const file = files[id];
    if (!file || images.has(id) || busy.has(id)) continue;
    busy.add(id);
    try {
      const url = await upload(
        new File([bytesOf(file.dataURL)], `image.${file.mimeType.split('/')[1] ?? 'bin'}`, { type: file.mimeType }),
      );
      images.set(id, { url, mediaType: file.mimeType });
    } finally {
      busy.delete(id);
    }
  }
}

/** Not by fetch: the page may connect to its own site alone. */
const bytesOf = (dataURL: string) => Uint8Array.from(atob(dataURL.split(',')[1] ?? ''), (letter) => letter.charCodeAt(0));

/** Shows the images that others put on the board, and those of before. Returns how to stop it. */
export function showImages(doc: Y.Doc, api: ExcalidrawImperativeAPI): () => void {
  const images = imagesOf(doc);
  let stopped = false;
  const show = async (ids: Iterable<string>) => {
    for (const id of ids) {
      const image = images.get(id);
      if (!image || api.getFiles()[id]) continue;
      const file = await read(id, image).catch(() => undefined);
      if (file && !stopped) api.addFiles([file]);
    }
  };
  const observer = (event: Y.YMapEvent<BoardImage>) => void show(event.keysChanged);
  void show(images.keys());
  images.observe(observer);
  return () => {
    stopped = true;
    images.unobserve(observer);
  };
}

/** Only from this site: an address in a drawing is somebody's text. */
async function read(id: string, { url, mediaType }: BoardImage): Promise<BinaryFileData> {
  const address = new URL(url, window.location.origin);
  if (address.origin !== window.location.origin || !mediaType.startsWith('image/')) throw new Error('not an image of ours');
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the image could not be read (${response.status})`);
  const blob = await response.blob();
  const dataURL = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return { id: id as FileId, mimeType: mediaType, dataURL, created: Date.now() } as BinaryFileData;
}
