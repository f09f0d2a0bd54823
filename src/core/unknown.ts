/** Why a value could not be read. Only `absent` is no failure. */
export type UnknownKind = 'absent' | 'denied' | 'timeout' | 'failed' | 'unparsed';

/** What stands in the place of a value that could not be read: returned or thrown, never shown as 0 or false. */
export class Unknown {
  readonly kind: UnknownKind;
  /** One sentence without its first word's capital, such as `no such file`. */
  readonly reason: string;
  /** False when the question never reached the thing, so nothing may be concluded about it. */
  readonly asked: boolean;

  constructor(kind: UnknownKind, reason: string, asked = true) {
    this.kind = kind;
    this.reason = reason;
    this.asked = asked;
  }

  /** The same, with what was asked put in front of the reason. */
  from(question: string): Unknown {
    return new Unknown(this.kind, `${question}: ${this.reason}`, this.asked);
  }
}

export const absent = (reason: string) => new Unknown('absent', reason);
export const denied = (reason: string) => new Unknown('denied', reason);
export const timedOut = (reason: string) => new Unknown('timeout', reason);
export const failed = (reason: string) => new Unknown('failed', reason);
export const unparsed = (reason: string) => new Unknown('unparsed', reason);

/** The question never left: our own failure, which says nothing about the machine. */
export const notAsked = (kind: UnknownKind, reason: string) => new Unknown(kind, reason, false);
