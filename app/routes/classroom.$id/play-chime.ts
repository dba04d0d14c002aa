/** Two tones through one speaker (null: the browser's own choice), for whoever asks whether they hear something. */
export async function playChime(speaker: string | null): Promise<void> {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  [523.25, 783.99].forEach((frequency, index) => {
    const at = audio.currentTime + index * 0.25;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    tone.connect(volume).connect(out);
    tone.start(at);
    tone.stop(at + 0.5);
  });
  const element = new Audio();
  element.srcObject = out.stream;
  if (speaker) await element.setSinkId?.(speaker).catch(() => {});
  await element.play().catch(() => {});
  setTimeout(() => {
    element.srcObject = null;
    void audio.close();
  }, 1_000);
}
