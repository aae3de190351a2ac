/** `metav1.Status`: how the API server says what went wrong, or that something was done. */
export interface Status {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: { readonly continue?: string };
  readonly status: "Success" | "Failure";
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** `details` of a `Status`. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** What the server names in its messages: plural and group. */
export interface Subject {
  readonly group: string;
  readonly plural: string;
}

/** An answer that is an error: its Status is the body, its code the HTTP status. */
export class ApiError extends Error {
  readonly status: Status;
  readonly code: number;

  constructor(code: number, reason: string, message: string, details?: StatusDetails, continueToken?: string) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata: continueToken === undefined ? {} : { continue: continueToken },
      status: "Failure",
      message,
      ...(reason === "" ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

/** 400: the request makes no sense. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, "BadRequest", message);
}

/** 404 for an object. */
export function notFound(subject: Subject, name: string): ApiError {
  return new ApiError(404, "NotFound", `${qualified(subject)} "${name}" not found`, detailsOf(subject, name));
}

/** 404 for a path below a group that exists. */
export function unknownPath(): ApiError {
  return new ApiError(404, "NotFound", "the server could not find the requested resource", {});
}

/** 405 for a resource or path that lacks the verb. */
export function methodNotAllowed(): ApiError {
  return new ApiError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
}

/** 409: the name is taken. */
export function alreadyExists(subject: Subject, name: string): ApiError {
  return new ApiError(409, "AlreadyExists", `${qualified(subject)} "${name}" already exists`, detailsOf(subject, name));
}

/** 409: the object is no longer what the writer thought. */
export function conflict(subject: Subject, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(subject)} "${name}": ${why}`;
  return new ApiError(409, "Conflict", message, detailsOf(subject, name));
}

/** 410: the state or the history asked for is gone. */
export function expired(message: string, continueToken?: string): ApiError {
  return new ApiError(410, "Expired", message, undefined, continueToken);
}

/** 504: the store is not, or did not become, as fresh as asked for. */
export function tooLargeResourceVersion(asked: number, current: number, retryAfterSeconds?: number): ApiError {
  return new ApiError(504, "Timeout", `Timeout: Too large resource version: ${asked}, current: ${current}`, {
    causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** One field that validation refuses. */
export interface FieldError {
  readonly reason: "FieldValueForbidden" | "FieldValueInvalid" | "FieldValueNotSupported" | "FieldValueRequired";
  readonly message: string;
  readonly field: string;
}

/** 422: validation refuses the object, or the options of a list. */
export function invalid(kind: string, group: string, name: string, errors: readonly FieldError[]): ApiError {
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? texts.join("") : `[${texts.join(", ")}]`;
  const details: StatusDetails = {
    ...(name === "" ? {} : { name }),
    ...(group === "" ? {} : { group }),
    kind,
    causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
  };
  return new ApiError(422, "Invalid", `${group === "" ? kind : `${kind}.${group}`} "${name}" is invalid: ${list}`, details);
}

/** `pods`, `deployments.apps`: as messages name a resource. */
export function qualified({ group, plural }: Subject): string {
  return group === "" ? plural : `${plural}.${group}`;
}

/** Details that name a resource and, where there is one, an object. */
export function detailsOf({ group, plural }: Subject, name = ""): StatusDetails {
  return { ...(name === "" ? {} : { name }), ...(group === "" ? {} : { group }), kind: plural };
}
