/** Why a mock server could not do what was asked of it. The codes are API. */
export type MockServerErrorCode =
  | "port-taken" // the address is in use
  | "cannot-listen" // any other trouble with the address
  | "unknown-target"
  | "bad-option"
  | "too-large"; // more is asked for than the mock would inflate at once

/** What a mock server throws at whoever embeds it. Nothing that an agent sends leads here. */
export class MockServerError extends Error {
  override readonly name = "MockServerError";
  readonly code: MockServerErrorCode;

  constructor(code: MockServerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
