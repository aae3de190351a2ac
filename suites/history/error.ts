/** A transcript that cannot be judged, or a place in it that cannot be read. Nobody's verdict: the record is at fault. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}
