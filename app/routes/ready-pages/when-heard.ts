/** Above the hum of a quiet room: -45 dB of full scale. */
const LOUD = 10 ** (-45 / 20);

/** Calls back once something is heard through a microphone. The answer stops listening. */
export function whenHeard(track: MediaStreamTrack, heard: () => void): () => void {
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const stop = () => {
    clearInterval(timer);
    if (audio.state !== 'closed') void audio.close();
  };
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    if (Math.sqrt(power) < LOUD) return;
    stop();
    heard();
  }, 100);
  return stop;
}
