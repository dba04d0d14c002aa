import type { MediaProblem } from './call/local-media.ts';

/** What is wrong with a device and what to do, for whoever sits before it. */
export function problemWords(device: 'camera' | 'microphone', problem: MediaProblem): string {
  switch (problem) {
    case 'denied':
      return `This page may not use your ${device}. Press the ${device === 'camera' ? 'camera' : 'lock'} sign beside the address, allow it, and try again.`;
    case 'missing':
      return `No ${device} was found. Plug one in, or go on without.`;
    case 'busy':
      return `Your ${device} is in use by another program. Close it there and try again.`;
    case 'lost':
      return `Your ${device} was taken out. Plug it in again, or choose another.`;
    case 'unsupported':
      return `This browser can’t use a ${device} here. A current Chrome, Edge, Firefox or Safari can.`;
  }
}
