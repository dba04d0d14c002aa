import '@excalidraw/excalidraw/index.css';
import {
  CaptureUpdateAction,
  Excalidraw,
  isInvisiblySmallElement,
  MainMenu,
  reconcileElements,
  restoreElements,
} from '@excalidraw/excalidraw';
import type { ExcalidrawElement, OrderedExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { BinaryFiles, ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { PageDrawing, paced, SHARE_EVERY_MS } from './board-doc.ts';
import { shareImages, showImages } from './board-images.ts';
import { collaboratorsOn, type Me, showPointer } from './board-people.ts';

interface BoardPageProps {
  doc: Y.Doc;
  pageId: string;
  awareness: Awareness | null;
  me: Me;
  readOnly: boolean;
  /** Keeps an image with the session, and says where it is to be had. */
  uploadImage: (file: File) => Promise<string>;
}

const options = {
  canvasActions: {
    loadScene: false,
    saveToActiveFile: false,
    export: false,
    toggleTheme: false,
    changeViewBackgroundColor: false,
  },
} as const;

/** One page of the board: an Excalidraw of its own, so that undo stays within the page. Mount it anew for another page. */
export default function BoardPage({ doc, pageId, awareness, me, readOnly, uploadImage }: BoardPageProps) {
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const drawing = useMemo(() => new PageDrawing<ExcalidrawElement>(doc, pageId), [doc, pageId]);
  const initial = useMemo(() => ({ elements: restoreElements(drawing.all(), null), scrollToContent: true }), [drawing]);
  const upload = useRef(uploadImage);
  upload.current = uploadImage;

  const sharing = useMemo(() => {
    if (!api || readOnly) return undefined;
    return paced(() => {
      const elements = api.getSceneElementsIncludingDeleted();
      drawing.share(elements.filter((element) => element.isDeleted || !isInvisiblySmallElement(element)));
      void shareImages(doc, elements, api.getFiles(), (file) => upload.current(file)).catch(() =>
        api.setToast({ message: 'An image could not be saved. Others don’t see it; add it again.', closable: true }),
      );
    }, SHARE_EVERY_MS);
  }, [api, readOnly, drawing, doc]);

  useEffect(() => {
    if (!api) return;
    const show = (changed: ExcalidrawElement[]) => {
      const local = api.getSceneElementsIncludingDeleted() as readonly OrderedExcalidrawElement[];
      const remote = restoreElements(changed, null) as unknown as Parameters<typeof reconcileElements>[1];
      const elements = reconcileElements(local, remote, api.getAppState());
      api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
      sharing?.due();
    };
    // What came between the first drawing and now.
    show(drawing.all());
    const stop = drawing.onOthers(show);
    const stopImages = showImages(doc, api);
    const flush = () => sharing?.now();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
      stop();
      stopImages();
    };
  }, [api, drawing, doc, sharing]);

  useEffect(() => {
    if (!api || !awareness) return;
    const show = () => api.updateScene({ collaborators: collaboratorsOn(awareness, pageId) });
    show();
    awareness.on('change', show);
    return () => awareness.off('change', show);
  }, [api, awareness, pageId]);

  useEffect(() => {
    // Its menu's button has no name for whoever doesn't see it.
    if (api) document.querySelector('.excalidraw .main-menu-trigger')?.setAttribute('aria-label', 'Menu of the whiteboard');
  }, [api]);

  const pointer = useMemo(() => showPointer(awareness, pageId, me), [awareness, pageId, me]);
  useEffect(() => {
    pointer.arrive();
    return () => pointer.leave();
  }, [pointer]);

  return (
    <Excalidraw
      excalidrawAPI={setApi}
      initialData={initial}
      onChange={(_elements: readonly ExcalidrawElement[], _state: unknown, _files: BinaryFiles) => sharing?.due()}
      onPointerUpdate={({ pointer: at, button }) => pointer.move(at, button)}
      isCollaborating={awareness !== null}
      viewModeEnabled={readOnly}
      theme={useComputedColorScheme('light')}
      UIOptions={options}
      // No pages of others within ours.
      validateEmbeddable={false}
      aiEnabled={false}
      name="Whiteboard"
    >
      <MainMenu>
        <MainMenu.DefaultItems.SaveAsImage />
        {readOnly ? null : <MainMenu.DefaultItems.ClearCanvas />}
        <MainMenu.DefaultItems.Help />
      </MainMenu>
    </Excalidraw>
  );
}
