import { scriptOf, statusText } from "../history/index.ts";
import type { ApiRequestRecord, Moment, ObjectLife, OtherCall, ScenarioHistory, SyncCall } from "../history/types.ts";

const MAX_LINE = 200;

/** One thing that happened, with what it says for people; the text is made when it is shown. */
export interface Happening extends Moment {
  readonly text: () => string;
  /** Told only where a verdict rests on it: there are thousands of these. */
  readonly minor?: true;
}

/** Everything of a scenario that helps to understand a verdict, in transcript order. */
export function happeningsOf(scenario: ScenarioHistory): readonly Happening[] {
  const { agent, api, calls, otherCalls, faults, resets, steps, started } = scenario;
  const [life] = agent.lives;
  const since = life?.since.seq ?? started.seq;
  const happenings: Happening[] = [
    ...steps.map(({ step, note, began }) =>
      happening(began, () => `the story: ${step}${note === undefined ? "" : ` (${note})`}`),
    ),
    ...agent.lives.flatMap(({ life: number, started: from, signals, exited, lastWords }) => [
      happening(from, () => `the agent starts${number === 1 ? "" : ` (life ${number})`}`),
      ...signals.map(({ signal, ...at }) => happening(at, () => `the agent gets ${signal}`)),
      ...(exited
        ? [
            happening(
              exited,
              () => `the agent ends (${exited.signal ?? `code ${exited.code}`})${saying(exited, signals, lastWords)}`,
            ),
          ]
        : []),
    ]),
    ...calls.map((call) => happening(call, () => callText(call))),
    ...otherCalls.map((call) => happening(call, () => otherCallText(call))),
    ...resets.map((at) => happening(at, () => "the server forgets everything, as a restart does")),
    ...faults.flatMap((fault) => [
      happening(fault.scripted, () => `a fault is scripted: ${faultText(fault.fault)}`),
      ...fault.hits.map((hit) => happening(hit, () => `the fault ${scriptOf(fault)?.fault ?? ""} hits ${hitText(hit)}`)),
      ...(fault.removed ? [happening(fault.removed, () => `the fault ${scriptOf(fault)?.fault ?? ""} is taken away`)] : []),
    ]),
    ...[...api.objects.values()].flatMap((object) => changesOf(object, since)),
    ...fillingOf([...api.objects.values()], since),
    ...api.requests.map((request): Happening => ({ ...happening(request, () => requestText(request)), minor: true })),
  ];
  return happenings.sort((a, b) => a.seq - b.seq);
}

function happening({ seq, t }: Moment, text: () => string): Happening {
  return { seq, t, text };
}

/** The last line that an agent printed which was not told to end: mostly why it did. */
function saying(exited: Moment, signals: readonly Moment[], words = ""): string {
  const line = words.trimEnd().split("\n").at(-1)?.trim() ?? "";
  return line === "" || signals.some(({ seq }) => seq < exited.seq) ? "" : `; its last line: ${line.slice(0, MAX_LINE)}`;
}

/** What the cluster was filled with before the agent started, kind by kind. */
function fillingOf(objects: readonly ObjectLife[], since: number): readonly Happening[] {
  const fillings = new Map<string, { readonly at: Moment; readonly resource: string; count: number }>();
  for (const { resource, forms } of objects) {
    const [first] = forms;
    if (first === undefined || first.seq >= since) continue;
    const filling = fillings.get(`${first.seq} ${resource}`) ?? { at: first, resource, count: 0 };
    filling.count += 1;
    fillings.set(`${first.seq} ${resource}`, filling);
  }
  return [...fillings.values()].map(({ at, resource, count }) => ({
    ...happening(at, () => `the cluster is filled, with ${count} ${resource} among it`),
    minor: true,
  }));
}

function changesOf({ resource, namespace, name, forms, deleted }: ObjectLife, since: number): readonly Happening[] {
  const what = `${resource} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
  return [
    ...forms.flatMap((form, index) =>
      form.seq < since ? [] : [happening(form, () => `the cluster: ${what} is ${index === 0 ? "created" : "changed"}`)],
    ),
    ...(deleted ? [happening(deleted, () => `the cluster: ${what} is deleted`)] : []),
  ];
}

function callText(call: SyncCall): string {
  const carried = call.entriesHash === undefined ? "no entries" : `${entriesOf(call)}, ${call.byteLength} bytes`;
  const error = call.errorMsg ? `, error_msg ${JSON.stringify(call.errorMsg.slice(0, 60))}` : "";
  return `KubernetesAPISync call ${call.call}: version ${call.version ?? "absent"}, ${carried}${error}; ${answerText(call)}`;
}

function otherCallText({ call, path, code }: OtherCall): string {
  return `call ${call} of ${path.slice(0, MAX_LINE)}; ${code === undefined ? "never answered" : `answered with ${statusText(code)}`}`;
}

function storedText({ entriesHash, answer }: SyncCall): string {
  switch (answer?.stored) {
    case "replaced":
      return ", stored";
    case "refreshed":
      return entriesHash === undefined ? ", the state is kept" : ", the entries are thrown away and the old state is kept";
    case "dropped":
      return ", dropped";
    case undefined:
      return "";
  }
}

function answerText(call: SyncCall): string {
  const { answer } = call;
  if (answer === undefined) return "never answered";
  if (answer.code !== 0) return `answered with ${statusText(answer.code)}`;
  const row = answer.row === undefined ? "" : ` by row ${answer.row}`;
  return `answered with version ${answer.version ?? "none"}${row}${storedText(call)}`;
}

function entriesOf(call: SyncCall): string {
  try {
    return `${call.entries.length} entries`;
  } catch {
    return "entries that the record lacks";
  }
}

function requestText({ method, path, ended, pages }: ApiRequestRecord): string {
  const given = pages.length === 0 ? "" : `, ${pages.reduce((sum, { uids }) => sum + uids.length, 0)} objects`;
  return `the API server is asked ${method} ${path.replace(/([?&]continue=)[^&]+/u, "$1…").slice(0, 120)}: ${ended === undefined ? "still open" : `status ${ended.status}`}${given}`;
}

function faultText(script: string): string {
  return script.length > 160 ? `${script.slice(0, 159)}…` : script;
}

function hitText({ call, req }: { readonly call?: number; readonly req?: number }): string {
  if (call !== undefined) return `call ${call}`;
  return req === undefined ? "the connections" : `request ${req} to the API server`;
}
