const PLACEHOLDER =
  /^(?:change[-_ ]?(?:me|it|this)|default|password|passw0rd|secret|example|placeholder|dummy|test|todo|xxx+|\*+|\.\.\.|your[-_ ].*|<.*>|\$\{.*\})$/i;

/** Whether a secret is only what an example file had in its place. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret.trim());
}
