import type { AgentOutput } from "../../agents/drivers/events.ts";
import type { Line, Recorder, TranscriptEvent } from "../../transcript/index.ts";

const REDACTED = "[redacted]";

/** A recorder for an agent's process that keeps secrets out of what the agent prints. */
export interface RedactingRecorder extends Recorder {
  /** Records what is still held back. To be called when no more output can come. */
  flush(): void;
}

/**
 * Replaces every secret in the output of an agent. Output comes in pieces: an end that may be the beginning of a secret
 * is held back until the next piece of the same stream, or `flush`. All other events pass as they are.
 */
export function redactOutput(recorder: Recorder, secrets: readonly string[]): RedactingRecorder {
  const known = secrets.filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  const held: Record<AgentOutput["stream"], string> = { stdout: "", stderr: "" };

  function redacted(text: string): string {
    return known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  }

  function take(event: AgentOutput): Line {
    const text = redacted(held[event.stream] + event.text);
    const kept = event.dropped === undefined ? tailThatMayBeSecret(text, known) : 0;
    held[event.stream] = text.slice(text.length - kept);
    return recorder.record({ ...event, text: text.slice(0, text.length - kept) });
  }

  return {
    tenant: recorder.tenant,
    record: <E extends TranscriptEvent>(event: E) =>
      isOutput(event) ? (take(event) as unknown as Line<E>) : recorder.record(event),
    blob: (content) => recorder.blob(content),
    flush() {
      for (const stream of ["stdout", "stderr"] as const) {
        const text = held[stream];
        held[stream] = "";
        if (text !== "") recorder.record<AgentOutput>({ side: "agent", kind: "output", stream, text });
      }
    },
  };
}

/** Every credential that a kubeconfig holds as text, so that it can be kept out of the transcript. */
export function secretsOf(kubeconfig: string): readonly string[] {
  return [...kubeconfig.matchAll(/^\s*(?:token|password|client-key-data):\s*["']?([^\s"']+)/gm)].map(([, secret = ""]) => secret);
}

/** How many characters at the end of `text` are the beginning of a secret. */
function tailThatMayBeSecret(text: string, secrets: readonly string[]): number {
  const longest = (secret: string) => {
    for (let length = Math.min(secret.length - 1, text.length); length > 0; length -= 1) {
      if (text.endsWith(secret.slice(0, length))) return length;
    }
    return 0;
  };
  return Math.max(0, ...secrets.map(longest));
}

function isOutput(event: TranscriptEvent): event is AgentOutput {
  return event.side === "agent" && event.kind === "output";
}
