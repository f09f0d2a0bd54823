/** How a command ends; 126 to 128 and 255 belong to the shell and to ssh. */
export const EXIT = {
  fine: 0,
  /** It ran, and there are findings at or above the level that was asked for. */
  findings: 1,
  usage: 2,
  /** A configuration or input file that is wrong or not there. */
  configuration: 3,
  /** Some nodes answered, some did not. */
  partial: 4,
  nothing: 5,
  notAllowed: 6,
  integrity: 7,
  storage: 8,
  locked: 9,
  version: 10,
  deadline: 12,
  bug: 70,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with an exit code and two lines for people: what is wrong and where, and what to do next. */
export class Refusal extends Error {
  readonly exit: Exit;
  /** A command or a sentence; empty if there is none. */
  readonly next: string;
  /** `nodes.yaml:14:5`, a field, or empty. */
  readonly where: string;

  constructor(exit: Exit, message: string, { next = '', where = '' }: { next?: string; where?: string } = {}) {
    super(message);
    this.exit = exit;
    this.next = next;
    this.where = where;
  }
}
