/** A subsystem's section as it stands in a report. */
export type Section = Record<string, unknown>;
