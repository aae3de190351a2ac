import type { Cursor } from "../documents/cursor.ts";
import { entriesBelow } from "../documents/walk.ts";
import type { Finding } from "../types.ts";
import { error, type RuleGroup } from "./rule.ts";

const REGISTRATION = ["20035", "30035"];
const DATA = ["20033", "30033"];
const REGISTRATION_KEY = /^(proxy[-_])?controller[-_]?port$/i;
const DATA_KEY = /^(ingester|analyzer)[-_]?port$/i;
const REGISTRATION_NAME = /grpc|controller|regist|sync/i;
const DATA_NAME = /ingest|analyzer|data/i;

/** Registration and KubernetesAPISync take 20035 (NodePort 30035), data takes 20033 (30033). Source: protocol.md 1.6. */
export const portRules: RuleGroup = ({ documents }) =>
  documents.flatMap(({ root, part }) =>
    part === "endpoint" ? servicePorts(root) : entriesBelow(root).flatMap(({ key, at }) => judgeEntry(key, at)),
  );

function judgeEntry(key: string, at: Cursor): Finding[] {
  const value = at.text;
  if (REGISTRATION_KEY.test(key) && DATA.includes(value)) return [swapped(at, value)];
  if (DATA_KEY.test(key) && REGISTRATION.includes(value)) return [swapped(at, value)];
  if (key !== "env") return [];
  return at.items().flatMap((variable) => {
    const [name, address] = [variable.get("name").text, variable.get("value")];
    const port = /:(\d+)\/?$/.exec(address.text)?.[1] ?? "";
    return /server|controller/i.test(name) && DATA.includes(port) ? [swapped(address, port)] : [];
  });
}

function servicePorts(root: Cursor): Finding[] {
  return root
    .get("spec", "ports")
    .items()
    .flatMap((port) => {
      const name = port.get("name").text;
      const numbers = ["port", "targetPort", "nodePort"].map((key) => port.get(key));
      const wrong = DATA_NAME.test(name) ? REGISTRATION : REGISTRATION_NAME.test(name) ? DATA : [];
      const at = numbers.find(({ value }) => wrong.includes(String(value)));
      return at === undefined ? [] : [swapped(at, at.text)];
    });
}

function swapped(at: Cursor, port: string): Finding {
  const isData = DATA.includes(port);
  return error("ports-swapped", at, {
    problem: isData ? `${port} is the port of data, not of registration` : `${port} is the port of registration, not of data`,
    consequence: isData
      ? "Nothing there speaks gRPC: the agent never registers, and KubernetesAPISync never arrives."
      : "The gRPC server cannot read data: no flow ever arrives.",
    mend: `Write ${isData ? port.replace(/33$/, "35") : port.replace(/35$/, "33")}; a page of the documentation has the two the wrong way round.`,
    source: "protocol.md 1.6",
  });
}
