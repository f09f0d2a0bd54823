const HIDDEN = '[hidden]';

/** What people and programs call a secret. */
const NAME =
  '(?:pass(?:word|wd|phrase)?|_pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_ -]?key|preshared[_ -]?key|client[_-]?secret|credentials?)';
/** What stands between a name and its value: `=`, `:`, and the closing quote of the name itself. */
const GIVEN = String.raw`\\*["']?\s*[=:]\s*`;
const SHOWN_AS_HIDDEN = String.raw`(?!\(|\[hidden)`;

/** Shapes of secrets, each with what of it may stay. Each is met in a time that grows with the text only: no part of it is tried twice at length. */
const SHAPES: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  // One line of such a key, as a log has it.
  [/^(?=\S{0,76}[a-z])(?=\S{0,76}[A-Z])[A-Za-z0-9+/]{60,76}={0,2}(?=\r?$)/gm, HIDDEN],
  // "name":"value", name='value', also within a JSON text
  [new RegExp(String.raw`(${NAME}${GIVEN}(\\*)(["']))${SHOWN_AS_HIDDEN}(?:(?!\2\3)(?:\\.|[^\n\\]))*`, 'gi'), `$1${HIDDEN}`],
  // name=value, name: value, and the key behind its name in the files of WireGuard
  [new RegExp(String.raw`(${NAME}(?:${GIVEN}|\s(?=[A-Za-z0-9+/]{43}=)))${SHOWN_AS_HIDDEN}[^\s"'\\]+`, 'gi'), `$1${HIDDEN}`],
  [/(--(?:password|passwd|pass|token|secret|api-key)[= ])\S+/gi, `$1${HIDDEN}`],
  [/(\bauthorization["']?\s*[=:]\s*["']?(?:bearer|basic|digest|token)?\s*)(?!\[hidden)[^\s"',;]+/gi, `$1${HIDDEN}`],
  [/(\bbearer\s+)[\w.~+/-]{8,}=*/gi, `$1${HIDDEN}`],
  [/(\b(?:set-)?cookie["']?:\s*["']?)[^\r\n"']+/gi, `$1${HIDDEN}`],
  // The environment of a container, as Docker and Podman show it; the second time in a line that is itself a JSON text.
  [/((?<!\\)(\\*)"Env\2":\s*\[).*?(\](?=,\2"[A-Z]|\})|(?=\n|$))/g, '$1$3'],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]{1,500}(@)/gi, `$1${HIDDEN}$2`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [
    /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{16,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{30,})/g,
    HIDDEN,
  ],
  [/(?<!\d)\d{8,10}:[\w-]{35}(?![\w-])/g, HIDDEN],
];

/** Text of a machine without what looks like a secret in it. */
export function scrubbed(text: string): string {
  return SHAPES.reduce((left, [shape, kept]) => left.replace(shape, kept), text);
}
