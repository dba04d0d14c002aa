import { useEffect, useRef } from 'react';
import styles from './entrance.module.css';

/** How loud the microphone is, as a bar that moves. Drawn without rendering: it changes with every frame. */
export function LevelBar({ track }: { track: MediaStreamTrack | null }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!track) return;
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    analyser.fftSize = 512;
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // Ears hear by the logarithm: 60 dB of range, silence to a shout.
      const level = Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60));
      bar.current?.style.setProperty('--level', String(level));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      source.disconnect();
      void audio.close();
    };
  }, [track]);
  return (
    <div className={styles.level} aria-hidden>
      <div ref={bar} className={styles.levelBar} />
    </div>
  );
}
