import { PLACES, USER } from './places.ts';

const FACT = 'ward-fact';
const TOOLS = 'sha256sum openssl zstd gzip sudo visudo useradd userdel adduser deluser sshd';
const FILES = [PLACES.bundle, PLACES.executable].join(' ');
const MODES = `/ /usr /usr/local /usr/local/lib ${PLACES.folder} ${FILES} /etc ${PLACES.settings} ${PLACES.home} ${PLACES.home}/.ssh ${PLACES.keys} /etc/sudoers.d ${PLACES.sudoers} ${PLACES.state} /usr/local/bin /usr/local/bin/node /usr/bin /usr/bin/node`;

/** Looks at all that an install or a check must know, changes nothing, and says each fact in a line of its own. */
export const LOOK = [
  `k() { printf %s "${FACT} $*"; echo; }`,
  'k kernel $(uname -s); k machine $(uname -m)',
  `for t in ${TOOLS}; do p=$(command -v $t) && k tool $t $p; done`,
  'for n in /usr/local/bin/node /usr/bin/node; do [ -x $n ] && k node $n $($n --version 2>/dev/null); done',
  'for m in /lib/ld-musl-*; do [ -e $m ] && k musl $m; done',
  'k libc $(getconf GNU_LIBC_VERSION 2>/dev/null)',
  `d=${PLACES.folder}; while [ ! -d $d ]; do d=\${d%/*}; done; k stands $d; [ -w $d ] || k readonly $d`.replace(
    '[ ! -d $d ]',
    'test -d $d && s=1 || s=; [ -z "$s" ]',
  ),
  'k disk $(df -Pk $d 2>/dev/null | tail -n 1)',
  `m=$(df -P $d 2>/dev/null | tail -n 1); m=\${m##* }; while read -r x y z o w; do [ "$y" = "$m" ] && k mount $o; done </proc/mounts`,
  `s() { h=$(sha256sum <$1 2>/dev/null) || h=$(openssl dgst -sha256 -r <$1 2>/dev/null); k digest $1 \${h%% *}; }; for f in ${FILES}; do [ -f $f ] && s $f; done`,
  `while IFS=: read -r u x i g c h s; do [ "$u" = ${USER} ] && k user $i $g $h $s; done </etc/passwd`,
  `while IFS=: read -r u x r; do [ "$u" = ${USER} ] && k group $u; done </etc/group`,
  // A star cannot be typed, a lock keeps even keys out, and what is longer is a password; the word itself stays there.
  `[ -r /etc/shadow ] && while IFS=: read -r u x r; do [ "$u" = ${USER} ] && case $x in [*]) k password none;; ?????????*) k password set;; *) k password locked;; esac; done </etc/shadow`,
  `[ -r ${PLACES.keys} ] && while IFS= read -r l; do k key "$l"; done <${PLACES.keys}`,
  `[ -r ${PLACES.sudoers} ] && while IFS= read -r l; do k rule "$l"; done <${PLACES.sudoers}`,
  `for f in ${MODES}; do [ -e $f ] && k mode $(stat -L -c "%a %u %g %F" $f | tr " " -) $f; done`,
  'k sudo $(sudo -V 2>/dev/null | head -n 1)',
  'visudo -c >/dev/null 2>&1 && k sudoers fine || k sudoers wrong',
  `sudo -n -l -U ${USER} 2>/dev/null | while IFS= read -r l; do k allowed "$l"; done`,
  `sshd -T -C user=${USER},host=localhost,addr=127.0.0.1 2>/dev/null | while IFS= read -r l; do k sshd "$l"; done`,
  'k end',
].join('; ');

/** What was found on a node, by name, in order; a name may come many times. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/** The facts in what the look printed; null where its end is missing. */
export function factsIn(text: string): Facts | null {
  const facts = new Map<string, string[]>();
  for (const [, name = '', value = ''] of text.matchAll(new RegExp(`^${FACT} (\\w+)(?: (.*))?$`, 'gm'))) {
    facts.set(name, [...(facts.get(name) ?? []), value]);
  }
  return facts.has('end') ? facts : null;
}
