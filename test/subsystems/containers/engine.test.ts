import { describe, expect, it } from 'vitest';
import { collectAll } from '../../../src/core/collect.ts';
import { PROFILES } from '../../../src/core/profile.ts';
import { transcript } from '../../../src/hosts/transcript.ts';
import { collect } from '../../../src/subsystems/containers/collect.ts';
import type { Containers } from '../../../src/subsystems/containers/section.ts';

const SOCKET = '/run/test.sock';
const PROFILE = { ...PROFILES.default, containers: { sockets: [SOCKET] } };

/** What comes of an engine that answers so; questions are those of the collector, put to one socket. */
async function collected(answers: Record<string, string>) {
  const lines = Object.entries(answers).flatMap(([path, answer]) => [
    `http GET unix:${SOCKET} ${/[?=]/.test(path) ? JSON.stringify(path) : path}`,
    answer,
  ]);
  const clock = '= {"unix_ms":1795348800000,"uptime_s":100,"boot_id":"b"}';
  const tape = transcript(
    ['clock', clock, `stat ${SOCKET}`, '= {"mode":"660","uid":0,"size_bytes":0,"modified_s":1}', ...lines].join('\n'),
  );
  const { sections, states, unknown } = await collectAll({ containers: collect }, tape.host, PROFILE, null);
  return { section: sections['containers'] as Containers | null, state: states['containers'], unknown, asked: tape.missing };
}

const listed = (fields: object) =>
  `|${JSON.stringify([{ Id: 'a'.repeat(64), Names: ['/web'], Image: 'web:1', ImageID: 'sha256:1', State: 'exited', Status: 'Exited (0)', Labels: {}, ...fields }])}`;

describe('an engine', () => {
  it('whose identities could lead a path elsewhere is not followed', async () => {
    const { state, unknown, asked } = await collected({ '/containers/json?all=1': listed({ Id: '../../version' }) });
    expect(state).toBe('unknown');
    expect(unknown[0]).toMatchObject({
      path: 'containers',
      kind: 'failed',
      reason: expect.stringContaining('[0].Id is no identity of a container'),
    });
    expect(asked.filter((question) => question.includes('..'))).toEqual([]);
  });

  it('behind a proxy that gives only the list is taken as far as it goes', async () => {
    const { section, state } = await collected({
      '/version': '|{"message":"forbidden"}\n= 403',
      '/containers/json?all=1': listed({}),
      [`/containers/${'a'.repeat(64)}/json`]: '|{"message":"forbidden"}\n= 403',
      '/images/json': '|{"message":"forbidden"}\n= 403',
    });
    expect(state).toBe('ok');
    expect(section?.containers).toMatchObject([
      { name: 'web', state: 'exited', health: null, restarts: null, ended: null, oom_killed: null, image_age_sec: null },
    ]);
  });

  it('that lost a container between list and look says that it is gone', async () => {
    const { unknown } = await collected({
      '/containers/json?all=1': listed({}),
      [`/containers/${'a'.repeat(64)}/json`]: '|{"message":"No such container: aaa"}\n= 404',
    });
    expect(unknown).toContainEqual(expect.objectContaining({ kind: 'absent', reason: expect.stringContaining('No such container: aaa') }));
  });

  it('bad input 105: that finds our way of asking too new is told by its own word', async () => {
    const { state, unknown } = await collected({
      '/containers/json?all=1': '|{"message":"client version 1.44 is too new. Maximum supported API version is 1.41"}\n= 400',
    });
    expect(state).toBe('unknown');
    expect(unknown[0]?.reason).toContain('status 400, client version 1.44 is too new');
  });

  it.each([
    ['not JSON', '"garbage"'],
    ['a list of nothing that one knows', '[1,null,{"Output":7}]'],
  ])('bad input 108: whose log of health probes is %s leaves only that unknown', async (_what, log) => {
    const state = `{"Status":"running","Running":true,"RestartCount":0,"Health":{"Status":"unhealthy","FailingStreak":3,"Log":${log}}}`;
    const { section, unknown } = await collected({
      '/containers/json?all=1': listed({ State: 'running', Status: 'Up 3 hours (unhealthy)' }),
      [`/containers/${'a'.repeat(64)}/json`]: `|{"Id":"${'a'.repeat(64)}","RestartCount":0,"State":${state},"Config":{},"HostConfig":{}}`,
    });
    const [container] = section?.containers ?? [];
    expect(container).toMatchObject({ name: 'web', state: 'running', health: { status: 'unhealthy', failing_streak: 3, probes: null } });
    expect(unknown).toContainEqual(expect.objectContaining({ path: 'containers.containers[0].health.probes', kind: 'unparsed' }));
  });

  it('is looked at for two hundred containers, those that are not well first', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({
      Id: at.toString(16).padStart(64, '0'),
      Names: [`/c${at}`],
      Image: 'c',
      ImageID: 'sha256:1',
      State: 'exited',
      Status: at === 229 ? 'Up (unhealthy)' : 'Exited (0)',
      Labels: {},
    }));
    const { section, asked } = await collected({ '/containers/json?all=1': `|${JSON.stringify(many)}` });
    expect(section?.containers).toHaveLength(230);
    expect(section?.containers?.[0]?.name).toBe('c229');
    expect(asked.filter((question) => question.endsWith('/json') && question.includes('/containers/'))).toHaveLength(200);
  });
});
