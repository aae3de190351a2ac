import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DocumentError } from "../suites/documents/index.ts";
import { type GivenFault, readFaults } from "../suites/fault-script/index.ts";
import {
  type JournalRecord,
  MockServerError,
  type MockServerOptions,
  type PendingFault,
  startMockServer,
} from "../server-mock/index.ts";
import { messageOf } from "../suites/runner/blame.ts";
import { watchedSink } from "../suites/runner/watched-sink.ts";
import { fileSink, openTranscript, type Transcript } from "../transcript/index.ts";
import type { ServeOptions } from "./serve.ts";

const EXIT_ENVIRONMENT = 4;
const EXIT_USAGE = 64;
/** Where a deepflow-agent calls after its first Sync, unless that names another port (protocol.md 5.7). */
const AGENT_DEFAULT_PORT = 30_035;
const LINES_PER_CALL = 10;
const LINE_LENGTH = 500;

/** Serves until SIGTERM or SIGINT; returns the exit code. */
export async function serve(options: ServeOptions): Promise<number> {
  const settings = readOptions(options);
  if (typeof settings === "string") return fail(settings, EXIT_USAGE);
  const faults = options.faults === undefined ? [] : faultsOf(options.faults);
  if (typeof faults === "string") return fail(faults, EXIT_USAGE);
  const stopped = stopSignal();
  const hint = createPortHint();
  let exitCode = 0;
  try {
    await using transcript =
      options.record === undefined ? undefined : openRecord(options.record, () => (exitCode = EXIT_ENVIRONMENT));
    await using mock = await startMockServer({
      ...settings,
      ...(transcript && { recorder: transcript.tenant("serve") }),
      onJournal(record) {
        logFindings(record);
        hint(record, mock.port);
      },
    });
    for (const { side, spec } of faults) if (side === "server") mock.addFault(spec);
    const ready = {
      event: "ready",
      grpc: mock.address,
      control: mock.control,
      target: mock.target,
      ...(options.faults !== undefined && { seed: settings.seed }),
    };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
    await stopped;
    tellUnfired(mock.faults());
  } catch (error) {
    if (error instanceof MockServerError) {
      return fail(error.message, error.code === "unknown-target" || error.code === "bad-option" ? EXIT_USAGE : EXIT_ENVIRONMENT);
    }
    if (isSystemError(error)) return fail(`--record ${options.record}: ${error.message}`, EXIT_ENVIRONMENT);
    throw error;
  }
  return exitCode;
}

/** The file of `--record`. That it breaks off is nothing to agents: they are answered as ever. */
function openRecord(path: string, onBroken: () => void): Transcript {
  const onFailure = (error: unknown) => {
    const text = `--record ${path} cannot be written any more: ${messageOf(error)}. What came before is there; the mock serves on`;
    fail(text, EXIT_ENVIRONMENT);
    onBroken();
  };
  return openTranscript(watchedSink(fileSink(path), onFailure));
}

/** The mock's options, or what is wrong with those that were given. */
function readOptions(options: ServeOptions): MockServerOptions | string {
  const listen = readAddress(options.listen);
  if (!listen) return `--listen ${options.listen}: give host:port, such as 127.0.0.1:20035`;
  const control = readAddress(options.control);
  if (!control) return `--control ${options.control}: give host:port, such as 127.0.0.1:20080`;
  if (!/^[1-9]\d{0,9}$/.test(options.maxMessageBytes)) {
    return `--max-message-bytes ${options.maxMessageBytes}: give a whole number of bytes`;
  }
  if (!/^\d{1,15}$/.test(options.seed)) return `--seed ${options.seed}: give a whole number`;
  const agentConfig = options.agentConfig === undefined ? undefined : readText(options.agentConfig);
  if (agentConfig instanceof Error) return `--agent-config ${options.agentConfig}: ${agentConfig.message}`;
  return {
    ...listen,
    control,
    ...(agentConfig !== undefined && { agentConfig }),
    seed: Number(options.seed),
    target: options.target,
    knownTeams: options.team ?? [],
    ...(options.domain && { domains: options.domain }),
    maxMessageBytes: Number(options.maxMessageBytes),
  };
}

/** The faults of a file, or what is wrong with it. */
function faultsOf(path: string): readonly GivenFault[] | string {
  const text = readText(path);
  if (text instanceof Error) return `--faults ${path}: ${text.message}`;
  try {
    return readFaults(text, basename(path), undefined);
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
}

/** A fault that nothing met was no test of anything. */
function tellUnfired(pending: readonly PendingFault[]): void {
  for (const { spec, timesLeft } of pending) {
    const text = JSON.stringify(spec, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    const times = spec.times ?? 1;
    const became = timesLeft === times ? "never fired" : `fired ${times - timesLeft} of ${times} times`;
    process.stderr.write(`fault ${printable(text)} ${became}\n`);
  }
}

function readText(path: string): string | Error {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

function readAddress(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}

/** One line a finding, bounded, for whoever watches the mock. */
function logFindings(record: JournalRecord): void {
  const who = `call ${record.call}, cluster ${JSON.stringify(record.request?.clusterId ?? "")}`;
  const { findings, findingsOmitted, answer } = record;
  const lines = findings.slice(0, LINES_PER_CALL).map((finding) => `${finding.code}: ${finding.text}`);
  const more = findings.length + findingsOmitted - lines.length;
  if (more > 0) lines.push(`and ${more} more findings; see GET /v1/journal`);
  if (answer.code !== 0 && answer.fault === undefined) lines.push(`answered with status ${answer.code}: ${answer.details ?? ""}`);
  for (const line of lines) process.stderr.write(`${who}: ${printable(line)}\n`);
}

/** Says once why an agent of the older service would not come back after its first Sync. */
function createPortHint(): (record: JournalRecord, port: number) => void {
  let said = false;
  return ({ path }, port) => {
    if (said || port === AGENT_DEFAULT_PORT || path !== "/trident.Synchronizer/Sync") return;
    said = true;
    process.stderr.write(
      `a deepflow-agent called trident.Synchronizer: it will call port ${AGENT_DEFAULT_PORT} from now on, which the mock cannot change; give --listen HOST:${AGENT_DEFAULT_PORT}\n`,
    );
  };
}

/** An agent chooses part of these texts: no control characters reach the terminal. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.slice(0, LINE_LENGTH).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "\uFFFD");
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function fail(problem: string, exitCode: number): number {
  process.stderr.write(`deepflow-conformance serve: ${problem}\n`);
  return exitCode;
}
