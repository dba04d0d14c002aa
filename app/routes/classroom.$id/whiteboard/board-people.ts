import type { Collaborator, SocketId } from '@excalidraw/excalidraw/types';
import type { Awareness } from 'y-protocols/awareness';
import { paced } from './board-doc.ts';

export interface Me {
  /** As in the room's list of people. */
  key: string;
  name: string;
  /** Of the pointer, as CSS. */
  colour: string;
}

interface Pointer {
  x: number;
  y: number;
  tool: 'pointer' | 'laser';
}

/** What somebody's browser says of where they are on the board. */
interface OnBoard {
  name: string;
  colour: string;
  pageId: string;
  pointer: Pointer | null;
  button: 'up' | 'down';
}

const POINTER_EVERY_MS = 60;

/** What others say of themselves is checked: a browser can say anything. */
function onBoard(state: unknown): OnBoard | undefined {
  const board = (state as { board?: Partial<OnBoard> } | undefined)?.board;
  if (typeof board?.name !== 'string' || typeof board.pageId !== 'string') return undefined;
  const { x, y, tool } = board.pointer ?? {};
  return {
    name: board.name.slice(0, 80),
    colour: /^#[\da-f]{6}$/i.test(String(board.colour)) ? String(board.colour) : '#868e96',
    pageId: board.pageId,
    pointer:
      Number.isFinite(x) && Number.isFinite(y) ? { x: Number(x), y: Number(y), tool: tool === 'laser' ? tool : 'pointer' } : null,
    button: board.button === 'down' ? 'down' : 'up',
  };
}

function others(awareness: Awareness): [number, OnBoard][] {
  return [...awareness.getStates()].flatMap(([id, state]) => {
    const board = id === awareness.clientID ? undefined : onBoard(state);
    return board ? [[id, board] as [number, OnBoard]] : [];
  });
}

/** The others on one page, as Excalidraw shows them. */
export function collaboratorsOn(awareness: Awareness, pageId: string): Map<SocketId, Collaborator> {
  return new Map(
    others(awareness)
      .filter(([, board]) => board.pageId === pageId)
      .map(([id, { name, colour, pointer, button }]) => [
        String(id) as SocketId,
        { username: name, color: { background: colour, stroke: colour }, button, ...(pointer ? { pointer } : {}) },
      ]),
  );
}

/** Who else is on which page: { first: ['Mia'] }. */
export function namesByPage(awareness: Awareness): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const [, { pageId, name }] of others(awareness)) names[pageId] = [...(names[pageId] ?? []), name];
  return names;
}

/** Tells the others which page this person looks at, and where their pointer is. */
export function showPointer(awareness: Awareness | null, pageId: string, me: Me) {
  const board: OnBoard = { name: me.name, colour: me.colour, pageId, pointer: null, button: 'up' };
  const say = () => awareness?.setLocalStateField('board', { ...board });
  const telling = paced(say, POINTER_EVERY_MS);
  return {
    arrive: say,
    move(pointer: Pointer, button: 'up' | 'down') {
      Object.assign(board, { pointer, button });
      telling.due();
    },
    leave: () => telling.now(),
  };
}
