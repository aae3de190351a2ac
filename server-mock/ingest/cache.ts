import type { EntryReading } from "./types.ts";

/** Readings by SHA-256, the least recently used out first when either bound is passed. */
export class ReadingCache {
  private readonly readings = new Map<string, EntryReading>();
  private readonly maxEntries: number;
  private readonly maxInflatedBytes: number;
  private inflatedBytes = 0;

  constructor(maxEntries: number, maxInflatedBytes: number) {
    this.maxEntries = maxEntries;
    this.maxInflatedBytes = maxInflatedBytes;
  }

  get(sha256: string): EntryReading | undefined {
    const reading = this.readings.get(sha256);
    if (reading) {
      this.readings.delete(sha256);
      this.readings.set(sha256, reading);
    }
    return reading;
  }

  add(reading: EntryReading): void {
    this.readings.set(reading.sha256, reading);
    this.inflatedBytes += reading.inflatedBytes;
    for (const [sha256, oldest] of this.readings) {
      if (this.readings.size <= this.maxEntries && this.inflatedBytes <= this.maxInflatedBytes) return;
      this.readings.delete(sha256);
      this.inflatedBytes -= oldest.inflatedBytes;
    }
  }
}
