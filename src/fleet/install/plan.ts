import { VERSION } from '../../core/version.gen.ts';
import type { AgentFile } from './agent-file.ts';
import { type HostFacts, ruledNow } from './host.ts';
import { keyLine, PLACES, ruledCommand, sudoersText, USER } from './places.ts';
import type { Step } from './step.ts';

/** What is to be there in the end. */
export interface Wanted {
  agent: AgentFile;
  /** Public keys as `ssh-ed25519 AAAA… name`, besides those that are there already. */
  keys: readonly string[];
  /** Addresses from which the new keys may come, as for `from=` of sshd(8); null for any. */
  from: string | null;
  /** Makes the names of half-written files this install's own. */
  mark: string;
}

const QUICK_MS = 15_000;
/** For the largest file over a slow line: 40 MB at 150 KB/s. */
const SEND_MS = 300_000;
const FLUSH = (paths: string) => `{ sync ${paths} 2>/dev/null || sync; }`;

/** The steps from what is there to what is wanted, in the order in which a cut at any point leaves the old or the new able to answer. */
export function stepsTo(host: HostFacts, wanted: Wanted): Step[] {
  const { agent } = wanted;
  const node = agent.kind === 'bundle' ? (host.node?.path ?? '') : null;
  const other = agent.kind === 'bundle' ? PLACES.executable : PLACES.bundle;
  const keys = keysAfter(host, wanted, node);
  const rulesThere = ruledNow(host);
  const rule = ruledCommand(node);
  const both = [...new Set([...rulesThere, rule])];
  return [
    foldersStep(),
    ...(host.digests.get(agent.place) === agent.sha256 ? [] : agentSteps(wanted, node)),
    ...userSteps(host),
    ...rulesSteps(host, both, wanted.mark),
    ...(sameLines(host.keys, keys)
      ? []
      : [
          fileStep(
            {
              what: `its keys (${keys.length}), each for the agent alone`,
              place: PLACES.keys,
              text: `${keys.join('\n')}\n`,
              mode: '644',
              check: '',
            },
            wanted.mark,
          ),
        ]),
    ...(both.length === 1 ? [] : rulesSteps({ ...host, rules: [] }, [rule], wanted.mark)),
    ...(host.digests.has(other) ? [{ says: `remove ${other}, which is not used any more`, script: `rm -f ${other}`, ms: QUICK_MS }] : []),
  ];
}

function foldersStep(): Step {
  const folders = `${PLACES.folder} ${PLACES.settings} ${PLACES.home} ${PLACES.home}/.ssh`;
  const old = `find ${PLACES.folder} ${PLACES.home} /etc/sudoers.d -name "*.new-*" -mmin +60 -exec rm -f {} + 2>/dev/null`;
  return {
    says: `make ${PLACES.folder} and ${PLACES.home}, root's own`,
    script: `mkdir -p ${folders} && chown 0:0 ${folders} && chmod 755 ${folders} && { ${old} || :; }`,
    ms: QUICK_MS,
  };
}

/** Written beside, flushed, held against its digest and tried, before it takes the old one's place at once. */
function agentSteps({ agent, mark }: Wanted, node: string | null): Step[] {
  const fresh = `${agent.place}.new-${mark}`;
  const or = `|| { e=$?; rm -f ${fresh}; exit $e; }`;
  const read = agent.unpack === null ? 'cat' : `${agent.unpack} -dc`;
  const run = node === null ? fresh : `${node} ${fresh}`;
  return [
    { says: `send ${agent.says}`, script: `{ ${read} >${fresh} && ${FLUSH(fresh)}; } ${or}`, ms: SEND_MS, input: agent.sent },
    {
      says: `check what arrived against SHA-256 ${agent.sha256.slice(0, 16)}…`,
      script: `h=$(sha256sum <${fresh} 2>/dev/null) || h=$(openssl dgst -sha256 -r <${fresh}); [ "\${h%% *}" = ${agent.sha256} ] || { echo "it is not what was sent: SHA-256 \${h%% *}" >&2; rm -f ${fresh}; exit 1; }`,
      ms: QUICK_MS * 2,
    },
    {
      says: `try it: it must say that it is ${VERSION}`,
      script: `chmod ${node === null ? '755' : '644'} ${fresh} && v=$(env -i PATH=$PATH ${run} version) && { [ "$v" = ${VERSION} ] || { echo "it says $v" >&2; false; }; } ${or}`,
      ms: QUICK_MS * 2,
    },
    { says: `put it in place as ${agent.place}`, script: `mv -f ${fresh} ${agent.place} && ${FLUSH(PLACES.folder)}`, ms: QUICK_MS * 2 },
  ];
}

/** A star is no password that anybody can have, and, unlike a lock, no reason for sshd to keep the key out. */
function userSteps({ user, has_group, tools }: HostFacts): Step[] {
  if (user !== null && user.home === PLACES.home && user.shell === '/bin/sh') return [];
  const says = user === null ? `make the user ${USER}, without a password` : `set home and shell of the user ${USER}`;
  if (user !== null) return [{ says, script: `usermod -d ${PLACES.home} -s /bin/sh ${USER}`, ms: QUICK_MS }];
  const group = has_group ? `-g ${USER}` : '-U';
  const script = tools.has('useradd')
    ? `useradd -r ${group} -M -d ${PLACES.home} -s /bin/sh -p "*" -c "asks the agent of wardround" ${USER}`
    : `adduser -S -D -H -h ${PLACES.home} -s /bin/sh ${USER} && echo "${USER}:*" | chpasswd -e`;
  return [{ says, script: `id ${USER} >/dev/null 2>&1 || { ${script}; }`, ms: QUICK_MS }];
}

function rulesSteps(host: HostFacts, commands: readonly string[], mark: string): Step[] {
  const text = sudoersText(commands);
  if (sameLines(host.rules, text.trimEnd().split('\n'))) return [];
  const what = `the rule for sudo: ${commands.join(', and ')}`;
  return [fileStep({ what, place: PLACES.sudoers, text, mode: '440', check: 'visudo -cqf' }, mark)];
}

interface NewFile {
  what: string;
  place: string;
  text: string;
  mode: string;
  /** A program that must find nothing wrong with it. */
  check: string;
}

/** A connection that dies ends what comes in as if it were whole, and half a file may well be one that its program finds nothing wrong with. */
function fileStep({ what, place, text, mode, check }: NewFile, mark: string): Step {
  const fresh = `${place}.new-${mark}`;
  const input = Buffer.from(text);
  const whole = `{ [ $(wc -c <${fresh}) -eq ${input.length} ] || { echo "only a part of it arrived" >&2; false; }; }`;
  const checked = check === '' ? '' : `&& ${check} ${fresh} `;
  return {
    says: `write ${what}`,
    script: `{ cat >${fresh} && ${whole} && chown 0:0 ${fresh} && chmod ${mode} ${fresh} ${checked}&& ${FLUSH(fresh)} && mv -f ${fresh} ${place} && ${FLUSH(place)}; } || { e=$?; rm -f ${fresh}; exit $e; }`,
    ms: QUICK_MS,
    input,
    shown: text,
  };
}

/** The keys of others stay, each with the command that holds now; what is no line of ours goes. */
function keysAfter({ keys }: HostFacts, wanted: Wanted, node: string | null): string[] {
  const kept = keys.flatMap((line) => {
    const [, from, key] =
      /^restrict,(?:from="([\w.:*?,/!-]+)",)?command="[^"]+" ((?:ssh|ecdsa|sk)-\S+ [A-Za-z0-9+/=]+(?: .*)?)$/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, from: from ?? null }];
  });
  const blob = (key: string) => key.split(' ')[1];
  const fresh = wanted.keys.filter((key) => !kept.some((each) => blob(each.key) === blob(key)));
  return [...kept, ...fresh.map((key) => ({ key, from: wanted.from }))].map(({ key, from }) => keyLine(key, node, from));
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
