import { expect, it } from "vitest";
import { placesFor } from "./places.ts";

it.each([
  [2, 0, 16],
  [2, 1, 14],
  [2, 4, 11],
  [2, 8, 8],
  [2, 90, 8],
  [16, 8, 114],
])("on %i processors with a load of %f: %i", (processors, load, places) => expect(placesFor(processors, load)).toBe(places));
