import { Server } from "node:net";
import { expect, it, vi } from "vitest";
import { startApiProxy } from "./start.ts";

it("gives the agent each piece of an answer at once, whatever the agent has acknowledged", async () => {
  const listen = vi.spyOn(Server.prototype, "listen");
  await using _proxy = await startApiProxy({ upstream: { url: "https://127.0.0.1:1" } });
  const servers = listen.mock.contexts;
  listen.mockRestore();
  // Node switches the algorithm of Nagle off for each connection that such a server takes; how long it would wait is the kernel's.
  expect(servers).toEqual([expect.objectContaining({ noDelay: true })]);
});
