import { useEffect, useRef } from 'react';

/** Tells the page around the frame how tall it is, and when another question comes up; nothing else leaves the frame. */
export function FrameHeight({ step }: { step: string }) {
  const first = useRef(true);
  useEffect(() => {
    const tell = () => window.parent.postMessage({ lectern: 'height', height: Math.ceil(document.body.scrollHeight) }, '*');
    const observer = new ResizeObserver(tell);
    observer.observe(document.body);
    tell();
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (first.current) first.current = false;
    else window.parent.postMessage({ lectern: 'step', step }, '*');
  }, [step]);
  return null;
}
