import { type Admin, openSession } from './admin.ts';
import type { HostFacts } from './host.ts';
import { allDone, failed, type Installed, lookAt } from './install-node.ts';
import { PLACES, USER } from './places.ts';
import type { Step } from './step.ts';

const QUICK_MS = 15_000;

/** What a person wants of one node. */
export interface UninstallOptions {
  /** Only finds out what would be done. */
  dry: boolean;
  onStep?: (says: string) => void;
}

/** Takes all of ward away from one node but what its owner wrote. Never rejects. */
export async function uninstallNode(admin: Admin, options: UninstallOptions): Promise<Installed> {
  const session = await openSession(admin);
  if (typeof session === 'string') return failed('log in', session, { reached: false });
  try {
    const host = await lookAt(session);
    if (typeof host === 'string') return failed('look at it', host);
    if (host.user !== null && host.user.home !== PLACES.home)
      return failed('look at it', `its user ${USER} has the home ${host.user.home}: ward did not make it, and leaves it alone`);
    const steps = stepsAway(host);
    const problem = options.dry ? null : await allDone(session, steps, options.onStep);
    return problem ?? { kind: 'done', says: 'nothing of ward is left', steps };
  } finally {
    await session.close();
  }
}

/** First the way in, then who came by it, then the rest; each is harmless where there is nothing to take. */
function stepsAway({ user, has_group }: HostFacts): Step[] {
  const end = `until [ -z "$(find /proc -maxdepth 1 -user ${USER} 2>/dev/null)" ]; do for d in $(find /proc -maxdepth 1 -user ${USER} 2>/dev/null); do kill -9 \${d##*/}; done; sleep 1; done`;
  return [
    step(`remove its keys, so that nobody comes in any more`, `rm -rf ${PLACES.home}/.ssh`),
    ...(user === null ? [] : [step(`end what the user ${USER} runs`, end)]),
    ...(user === null
      ? []
      : [
          step(
            `remove the user ${USER}`,
            `id ${USER} >/dev/null 2>&1 && { userdel ${USER} || deluser ${USER}; }; id ${USER} >/dev/null 2>&1 && exit 1; :`,
          ),
        ]),
    ...(has_group ? [step(`remove its group`, `groupdel ${USER} 2>/dev/null || delgroup ${USER} 2>/dev/null || :`)] : []),
    step(`remove its rule for sudo`, `rm -f ${PLACES.sudoers} ${PLACES.sudoers}.new-*`),
    step(
      `remove the agent and what it kept`,
      `rm -rf ${PLACES.folder} ${PLACES.state} ${PLACES.home} && { rmdir ${PLACES.settings} 2>/dev/null || :; }`,
    ),
  ];
}

function step(says: string, script: string): Step {
  return { says, script, ms: QUICK_MS };
}
