import type { RpcFault } from "./events.ts";
import type { GrpcServer } from "./grpc/server.ts";

/** Faults of the connections themselves. On the record they are faults like those of calls. */
export interface Outage {
  /** Cuts every connection and returns how many there were. Recorded where there were any. */
  cut(): number;
  /** Tells every connection to go away, and returns how many there were. Recorded where there were any. */
  sendAway(): number;
  /** Cuts every connection and lets no new one through. Fires with the first connection that it hits. */
  begin(): void;
  /** Without effect where none has begun. */
  end(): void;
  /** A connection was opened. */
  hit(): void;
}

const CUT = JSON.stringify({ fault: "cut-connections" });
const SEND_AWAY = JSON.stringify({ fault: "send-away" });
const OUTAGE = JSON.stringify({ fault: "outage" });

/** @param record writes a line about a fault */
export function createOutage(
  grpc: Pick<GrpcServer, "connections" | "resetAll" | "sendAway" | "refuseConnections">,
  record: (fault: string, event: RpcFault["event"]) => void,
): Outage {
  let state: "up" | "down" | "hit" = "up";

  function hit(): void {
    if (state !== "down") return;
    state = "hit";
    record(OUTAGE, "fired");
  }

  return {
    hit,
    cut() {
      const { connections } = grpc;
      if (connections === 0) return 0;
      record(CUT, "scripted");
      record(CUT, "fired");
      grpc.resetAll();
      return connections;
    },
    sendAway() {
      const { connections } = grpc;
      if (connections === 0) return 0;
      record(SEND_AWAY, "scripted");
      record(SEND_AWAY, "fired");
      grpc.sendAway();
      return connections;
    },
    begin() {
      if (state !== "up") return;
      state = "down";
      record(OUTAGE, "scripted");
      grpc.refuseConnections(true);
      if (grpc.connections > 0) hit();
      grpc.resetAll();
    },
    end() {
      if (state === "up") return;
      state = "up";
      grpc.refuseConnections(false);
      record(OUTAGE, "removed");
    },
  };
}
