import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import type { Hostile } from "./hostile.ts";
import { stay } from "./processes.ts";

const CONNECTIONS = 1_000;
const AT_ONCE = 50;

/** RFC 9113, 3.4: what a client begins with. */
const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** Faults of what a process does to the servers it was told of. */
export const networkHostiles: readonly Hostile[] = [
  {
    name: "many-connections",
    describes: `opens ${CONNECTIONS} connections to the server and as many to the API server, and says nothing on them`,
    exits: 1,
    act: () => {
      for (const place of places()) hold(place, CONNECTIONS);
      stay();
    },
  },
  {
    name: "half-frames",
    describes: "sends the beginning of frames and of handshakes, and stays",
    exits: 1,
    act: () => {
      const header = Buffer.from([0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01]);
      const halves: readonly (string | Buffer)[] = [
        PREFACE.slice(0, 10),
        PREFACE,
        Buffer.concat([Buffer.from(PREFACE), header.subarray(0, 5)]),
        Buffer.concat([Buffer.from(PREFACE), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]), header, Buffer.alloc(100)]),
        Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff, 0x01]),
        "GET /api/v1/pods HTTP/1.1\r\nHost: ",
        Buffer.alloc(4096, 0xff),
      ];
      for (const place of places()) for (const half of halves) open(place, (socket) => void socket.write(half));
      stay();
    },
  },
];

interface Place {
  readonly host: string;
  readonly port: number;
}

/** The mock server, and the API server of the kubeconfig. */
function places(): readonly Place[] {
  const kubeconfig = readFileSync(process.env["KUBECONFIG"] ?? "", "utf8");
  const api = /https:\/\/[^\s"']+/.exec(kubeconfig)?.[0] ?? "";
  return [`http://${process.env["DEEPFLOW_SERVER"]}`, api].map((url) => {
    const { hostname, port } = new URL(url);
    return { host: hostname, port: Number(port) };
  });
}

/** Opens connections, some at a time since a listener's queue is short, and keeps them. */
function hold(place: Place, count: number): void {
  let left = count;
  const next = () => {
    if (left <= 0) return;
    left -= 1;
    open(place, next);
  };
  for (let index = 0; index < AT_ONCE; index += 1) next();
}

function open({ host, port }: Place, then: (socket: Socket) => void): void {
  const socket = connect(port, host, () => then(socket));
  socket.on("error", () => {});
}
