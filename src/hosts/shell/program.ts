/** Where programs are looked for, and all of the environment that they get. */
const ENVIRONMENT = 'SHLVL=5 LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin';

/** What starts the shell, for any login shell. It reads its program as the first line, so that none of it stands in an argument. */
export const START = `exec env -i ${ENVIRONMENT} /bin/sh -c 'IFS= read -r x && eval "$x"'`;

/** The same as words, without a login shell; `sh` are the words of another shell than the host's own. */
export const startWords = (sh: readonly string[] = ['/bin/sh']): readonly string[] => [
  'env',
  '-i',
  ...ENVIRONMENT.split(' '),
  ...sh,
  '-c',
  'IFS= read -r x && eval "$x"',
];

/** Files that fit one pattern, at most. */
export const MOST_EACH = 2000;
/** What a program may print of errors. */
export const MOST_ERRORS = 1024 * 1024;

/**
 * The program that the shell of a host runs, for any POSIX sh: dash, bash, busybox. It is a constant; what it is asked comes later, as data, and no word
 * of that is ever read as shell. First a nonce, then questions of the form `ID KIND SECONDS LIMIT COUNT` with COUNT words after them, one a line, each behind
 * `=` as it is or behind `%` with LF and backslash escaped. An answer is its bytes and a line that only this nonce can make.
 *
 * Kinds that are answered in turn write as they read, so every byte comes through. `asis` and `hex` run a program beside them in a group of its own, which
 * is killed at its end, and write what it printed whole. A pipe that holds one line decides who may write.
 */
const LINES = [
  'IFS= read -r k; set -f; exec 3<&0 4>&1 </dev/null 2>/dev/null; cd /; f=; sleep 0.0 && f=1;',
  // The end of an answer, and of a part of it.
  String.raw`fin() { printf "\n%s %s %s\n" "$k" "$id" "$1"; };`,
  'errors() { fin -; printf %s "$e"; fin "$1"; };',
  // Why a path is no file that can be read, in the words of ls, which is asked only where it is no plain matter.
  `why() { p=\${1%/*}; if [ -d "$1" ]; then e="Is a directory"; elif [ -e "$1" ]; then e="Not a regular file";`,
  `elif [ -x "\${p:-/}" ] && ! [ -L "$1" ]; then e="No such file or directory"; else e=$(ls -dL -- "$1" 2>&1); fi; };`,
  'closed() { [ -d "$1" ] && ! { [ -r "$1" ] && [ -x "$1" ]; }; };',
  'hello() { for t in setsid curl perl bash nc openssl wget; do command -v "$t"; done; [ -d /run/systemd/system ] && echo systemd;',
  'if ! command -v curl && command -v wget; then wget --version | head -n 1; fi; echo mounts; cat /proc/self/mountinfo; e=; errors 0; };',
  'version() { n=$(command -v node) && echo "$n $("$n" --version)"; e=; errors 0; };',
  'clock() { read -r u r </proc/uptime; read -r b </proc/sys/kernel/random/boot_id; echo "$u $b $(/bin/date +%s.%N)"; e=; errors 0; };',
  // Many files of the kernel at one moment, by one process: its path before each line, so that no text passes for that of another file.
  'lines() { set +f; IFS=; set -- $@; unset IFS; set -f;',
  'e=$({ grep -a "" /dev/null "$@" 2>&5 3<&- 5>&- 9<&- | head -c "$limit" >&4; } 5>&1 3<&- 9<&-); errors 0; };',
  'file() { r=0; if [ -f "$1" ]; then e=$(head -c "$limit" -- "$1" 2>&1 >&4 3<&- 9<&-) || r=1; else r=1; why "$1"; fi; errors "$r"; };',
  'list() { r=0; e=; if closed "$1"; then r=1; e="Permission denied"; elif [ -d "$1" ]; then set +f; for f in "$1"/* "$1"/.[!.]* "$1"/..?*; do',
  `if [ -e "$f" ] || [ -L "$f" ]; then printf "%s\\0" "\${f##*/}"; fi; done; set -f;`,
  'else r=1; if [ -e "$1" ]; then e="Not a directory"; else why "$1"; fi; fi; errors "$r"; };',
  // Files by pattern: the folder to look in, the pattern. A path ends with NUL, as no path can hold one.
  'each() { r=0; e=; if closed "$1"; then r=1; e="Permission denied"; else set +f; IFS=; set -- $2; unset IFS; set -f;',
  `if [ $# -gt ${MOST_EACH} ]; then r=2; else for f; do if [ -f "$f" ]; then printf "%s\\0" "$f";`,
  `e=$(head -c 4194305 -- "$f" 2>&1 >&6 3<&- 6>&- 9<&-); fin ".\${e##*: }"; fi; done 6>&1 | head -c "$limit"; e=; fi; fi; errors "$r"; };`,
  'now() { e=$("$@" 2>&1 >&4 3<&- 9<&-); errors "$?"; };',
  // One program with all that it starts, which ends with it; then its exit code, or `none` where there is no such program.
  // Not every sleep knows parts of a second.
  `go() { [ "$f" ] || secs=$((\${secs%.*} + 1));`,
  'r=none; for d in /usr/sbin /usr/bin /sbin /bin /usr/local/sbin /usr/local/bin; do if [ -f "$d/$1" ] && [ -x "$d/$1" ]; then',
  'g=$d/$1; shift; setsid "$g" "$@" & p=$!; (trap "kill \\$s; exit" TERM; sleep "$secs" & s=$!; wait "$s" && kill -KILL "-$p") >/dev/null 2>&1 & w=$!;',
  'wait "$p"; r=$?; { kill "$w"; kill -KILL "-$p"; } 2>/dev/null; break; fi; done;',
  'printf "\\n%s" "$r" >&2; };',
  'asis() { cat; };',
  'hex() { od -v -An -tx1; };',
  'job() { a=$(exec 7>&1; e=$({ { go "$@" 2>&1 >&5 3<&- 4>&- 5>&- 6>&- 7>&- 9<&- | ' + `head -c ${MOST_ERRORS} >&6; } 5>&1 |`,
  'head -c "$limit" | "$form" >&7; } 6>&1); errors 0); read -r t <&9; printf "%s\\n" "$a"; echo >&9; };',
  // Another program takes over the channel, and what comes on it next is its source.
  'sent() { WARD_STATE_DIR=/dev/null exec "$1" - report --json --frame "$k" <&3 3<&- 9<&-; };',
  ': | { exec 9<>/proc/self/fd/0 </dev/null; echo >&9;',
  'while read -r id kind secs limit n <&3; do set --; while [ "$n" -gt 0 ]; do IFS= read -r w <&3 || exit;',
  `case $w in %*) w=$(printf "%bx" "\${w#%}"); w=\${w%x};; *) w=\${w#=};; esac; set -- "$@" "$w"; n=$((n-1)); done;`,
  'case $kind in asis|hex) form=$kind; (job "$@" &); continue;; esac; read -r t <&9;',
  'case $kind in hello|version|clock|lines|file|list|each|now|sent) "$kind" "$@";; esac; echo >&9; done; }',
];
export const PROGRAM = LINES.join(' ');
