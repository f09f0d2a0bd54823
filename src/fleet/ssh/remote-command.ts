const VIA = 'WARDROUND-VIA';
const END = 'WARDROUND-END';

// Whose /proc/1 is, is root. The usual places go first and by their whole path, for sudo has a search path of its own.
const SCRIPT = [
  'set -f; n=NONCE; q="WORDS"; e=/usr/local/lib/wardround/agent; a=$e.cjs; s=; w=none; [ -O /proc/1 ] || s="sudo -n"',
  `v() { echo; echo "${VIA} $n $*"; }`,
  'f() { for p in /usr/local/bin/$1 /usr/bin/$1; do [ -x $p ] && return; done; p=$1; command -v $1 >/dev/null; }',
  'if [ -f $a ]; then w=no-node; f node && v agent $p && exec $s $p $a $q; fi',
  '[ -x $e ] && v agent $e && exec $s $e $q',
  'ONLY',
  'for p in /usr/local/bin/node /usr/local/bin/ward; do [ -x $p ] || if [ -e $p ]; then w="unusable $p"; fi; done',
  'v $w',
].join('; ');

/** Who beside the agent gives a report. */
const REPORTERS = [
  'f ward && v ward $p && exec $s $p node report --json --frame $n',
  `if f orama; then v orama $p; $s $p node report --json; e=$?; echo; echo "${END} $n $e"; exit $e; fi`,
].join('; ');

/** What a node's agent can be asked: a report, or words that are held against a strict grammar before they come here. */
export type Words = readonly ['report'] | readonly ['follow'] | readonly ['probe', kind: string, target: string];

/**
 * The one string that asks a node, whatever its login shell: no quote but the outer ones, no backslash, no `!`, no line end.
 * It starts no process but the one that answers. A key with a forced command may answer with a frame alone, for the frame is enough.
 */
export function remoteCommand(nonce: string, words: Words): string {
  const report = words[0] === 'report';
  const script = SCRIPT.replace('NONCE', nonce)
    .replace('WORDS', report ? `report --json --frame ${nonce}` : forcedCommand(nonce, words))
    .replace('ONLY', report ? REPORTERS : ':');
  return `exec /bin/sh -c '${script}'`;
}

/** The same for a key whose forced command is the agent: it may say nothing else, and no shell sees it. */
export function forcedCommand(nonce: string, words: Words): string {
  return words[0] === 'follow' ? 'follow' : `${words.join(' ')} --frame ${nonce}`;
}

/** What the node said by its own lines about who answers, and what came between and after them. */
export interface Announced {
  /** What answers, or why nothing can; null where the command never began. */
  by: 'agent' | 'ward' | 'orama' | 'none' | 'no-node' | 'unusable' | null;
  /** Of the program that is run, or of the one that may not be. */
  path: string;
  /** All that stands before the line. */
  noise: string;
  /** What the original program printed, and its exit code; null while its end is missing. */
  unframed: { text: string; exit: number | null } | null;
}

/** Finds the lines of this nonce. */
export function announced(output: string, nonce: string): Announced {
  const line = new RegExp(`^${VIA} ${nonce} (agent|ward|orama|none|no-node|unusable)(?: (.{1,200}))?$`, 'm').exec(output);
  if (line === null) return { by: null, path: '', noise: output, unframed: null };
  const [whole, by, path = ''] = line;
  const begun = { by: by as Announced['by'], path, noise: output.slice(0, line.index).trim() };
  if (by !== 'orama') return { ...begun, unframed: null };
  const rest = output.slice(line.index + whole.length);
  const end = new RegExp(`^${END} ${nonce} (\\d{1,3})$`, 'm').exec(rest);
  return { ...begun, unframed: end === null ? { text: rest, exit: null } : { text: rest.slice(0, end.index), exit: Number(end[1]) } };
}
