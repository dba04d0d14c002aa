import type * as Y from 'yjs';

/** An element of the drawing, as much of it as putting two drawings together needs; the rest is Excalidraw's. */
export interface Drawn {
  id: string;
  version: number;
  versionNonce: number;
}

/** An image that was uploaded: the drawing holds its address, not its bytes. */
export interface BoardImage {
  url: string;
  mediaType: string;
}

/** The page that every board has: two who open a new board at once must not make two of them. */
export const FIRST_PAGE = 'first';
export const MOST_PAGES = 50;

/** Of two drawings of one element the one that all sides settle on: the later version; made at once, the lower nonce. */
export const isNewer = (one: Drawn, other: Drawn) =>
  one.version > other.version || (one.version === other.version && one.versionNonce < other.versionNonce);

/** The pages of a board by their ids, in order. */
export const pagesOf = (doc: Y.Doc): string[] => [FIRST_PAGE, ...doc.getArray<string>('pages').toArray()];

/** Puts an empty page at the end, and says which; undefined where there are as many as there may be. */
export function addPage(doc: Y.Doc): string | undefined {
  if (pagesOf(doc).length >= MOST_PAGES) return undefined;
  const id = crypto.randomUUID();
  doc.getArray<string>('pages').push([id]);
  return id;
}

export const imagesOf = (doc: Y.Doc) => doc.getMap<BoardImage>('images');

/** One page's drawing, shared: elements by their ids, each whole, those that were rubbed out too. */
export class PageDrawing<Element extends Drawn> {
  readonly #doc: Y.Doc;
  readonly #elements: Y.Map<Element>;

  constructor(doc: Y.Doc, pageId: string) {
    this.#doc = doc;
    this.#elements = doc.getMap<Element>(`page:${pageId}`);
  }

  all(): Element[] {
    return [...this.#elements.values()];
  }

  /**
   * Shares what is newer here than what is shared. Of two that changed one element at once Yjs keeps either; whoever has the
   * newer one shares it again, so that all come to the same.
   */
  share(elements: readonly Element[]): void {
    const newer = elements.filter((element) => {
      const shared = this.#elements.get(element.id);
      return !shared || isNewer(element, shared);
    });
    if (newer.length === 0) return;
    this.#doc.transact(() => {
      for (const element of newer) this.#elements.set(element.id, structuredClone(element));
    }, this);
  }

  /** Calls with the elements that others changed. Returns how to stop it. */
  onOthers(listen: (changed: Element[]) => void): () => void {
    const observer = (event: Y.YMapEvent<Element>) => {
      if (event.transaction.origin === this) return;
      listen([...event.keysChanged].flatMap((id) => this.#elements.get(id) ?? []));
    };
    this.#elements.observe(observer);
    return () => this.#elements.unobserve(observer);
  }
}

/** What is drawn here goes out this long after the first stroke of it, so that a line is some messages and not hundreds. */
export const SHARE_EVERY_MS = 100;

/** Runs once per pause, at its end; `now` runs what is due at once. */
export function paced(run: () => void, everyMs: number): { due(): void; now(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    run();
  };
  return {
    due: () => {
      timer ??= setTimeout(now, everyMs);
    },
    now,
  };
}
