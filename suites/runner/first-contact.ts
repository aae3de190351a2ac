import type { RawLine, Transcript } from "../../transcript/index.ts";

/** A promise of the agent's first sign of life, on either side. Disposing gives it up; it never rejects. */
export interface FirstContact extends Disposable {
  readonly heard: Promise<void>;
}

/** Awaits the first connection or request of a tenant's agent. */
export function firstContact(transcript: Transcript, tenant: string): FirstContact {
  let leave: () => void = () => {};
  const heard = new Promise<void>((resolve) => {
    leave = transcript.subscribe((line) => {
      if (line.tenant !== tenant || !isContact(line)) return;
      leave();
      resolve();
    });
  });
  return { heard, [Symbol.dispose]: () => leave() };
}

function isContact({ side, kind }: RawLine): boolean {
  return (side === "rpc" && kind === "connection") || (side === "api" && kind === "request");
}
