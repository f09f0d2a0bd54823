/** Takes the exit code of the command that ran. */
export type Ended = (exit: number) => void;
