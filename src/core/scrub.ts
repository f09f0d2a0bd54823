const HIDDEN = '[hidden]';

/** Shapes of secrets, each with what of it may stay. */
const SHAPES: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // name=value, name: value, "name":"value", --name value
  [
    /((?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|apikey|access[_-]?key|auth[_-]?key|private[_-]?key|preshared[_ -]?key|client[_-]?secret|credentials?|private key|preshared key)["']?\s*(?:[=:]\s*|\s--?\s?|\s(?=[A-Za-z0-9+/]{43}=))["']?)(?!\(|\[hidden)[^\s"',;&)}\]]+/gi,
    `$1${HIDDEN}`,
  ],
  [/(--(?:password|passwd|pass|token|secret|api-key)[= ])\S+/gi, `$1${HIDDEN}`],
  [/(\bauthorization["']?\s*[=:]\s*["']?(?:bearer|basic|digest|token)?\s*)[^\s"',;]+/gi, `$1${HIDDEN}`],
  [/(\bbearer\s+)[\w.~+/-]{8,}=*/gi, `$1${HIDDEN}`],
  // The environment of a container, as Docker and Podman show it; the second time in a line that is itself a JSON text.
  [/((\\*)"Env\2":\s*\[).*?(\](?=,\2"[A-Z]|\}))/g, `$1$3`],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(@)/gi, `$1${HIDDEN}$2`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{16,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{30,})/g,
    HIDDEN,
  ],
  [/\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g, HIDDEN],
];

/** Text of a machine without what looks like a secret in it. */
export function scrubbed(text: string): string {
  return SHAPES.reduce((left, [shape, kept]) => left.replace(shape, kept), text);
}
