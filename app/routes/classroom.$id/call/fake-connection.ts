/**
 * As much of `RTCPeerConnection` as a call uses: its states, the roll-back of an own offer, the queue of what is negotiated.
 * Two are connected once each has the other's newest description.
 */
export class FakeConnection {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { toJSON(): object } | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ontrack: (() => void) | null = null;
  readonly candidates: unknown[] = [];
  /** How often it was negotiated. */
  rounds = 0;
  #lines: { direction: string; sender: FakeSender; receiver: { track: object } }[] = [];
  #needed = false;

  addTransceiver(kind: string) {
    return this.#line(kind, true);
  }

  #line(kind: string, negotiates: boolean) {
    const line = { direction: 'sendrecv', sender: new FakeSender(), receiver: { track: { kind } } };
    this.#lines.push(line);
    if (negotiates) this.#need();
    return line;
  }

  getTransceivers() {
    return this.#lines;
  }

  restartIce() {
    this.#need();
  }

  #need() {
    if (this.#needed) return;
    this.#needed = true;
    queueMicrotask(() => {
      if (this.signalingState !== 'stable' || !this.#needed) return;
      this.#needed = false;
      this.onnegotiationneeded?.();
    });
  }

  async setLocalDescription() {
    await Promise.resolve();
    this.#refuseIfClosed();
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.localDescription = { type, sdp: String(this.#lines.length) } as RTCSessionDescription;
    if (type === 'offer') this.signalingState = 'have-local-offer';
    else this.#settle();
    setTimeout(() => this.onicecandidate?.({ candidate: { toJSON: () => ({ candidate: `of a ${type}` }) } }), 0);
  }

  async setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit) {
    await Promise.resolve();
    this.#refuseIfClosed();
    if (type === 'offer') {
      // An own offer is rolled back, and made again afterwards.
      if (this.signalingState === 'have-local-offer') this.#needed = true;
      this.signalingState = 'have-remote-offer';
      while (this.#lines.length < Number(sdp)) this.#line(this.#lines.length === 0 ? 'audio' : 'video', false);
      this.ontrack?.();
    } else {
      if (this.signalingState !== 'have-local-offer') throw new Error(`An answer in ${this.signalingState}`);
      this.#settle();
    }
  }

  #settle() {
    this.signalingState = 'stable';
    this.rounds++;
    this.become('connected');
    if (this.#needed) {
      this.#needed = false;
      this.#need();
    }
  }

  #refuseIfClosed() {
    if (this.connectionState === 'closed') throw new Error('It is closed.');
  }

  async addIceCandidate(candidate: unknown) {
    if (this.signalingState === 'stable' && this.rounds === 0) throw new Error('A candidate before any description');
    this.candidates.push(candidate);
  }

  become(state: RTCPeerConnectionState) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close() {
    this.connectionState = 'closed';
  }
}

class FakeSender {
  track: object | null = null;
  async replaceTrack(track: object | null) {
    this.track = track;
  }
}
