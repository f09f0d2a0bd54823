import { onNode } from '../../core/command.ts';
import { type Found, type Rule, rule } from '../../core/rule.ts';
import { ageInWords, percent, rate, sizeInWords } from '../../core/units.ts';
import type { Containers } from './section.ts';
import { recently } from './trouble.ts';

const memory = rule<Containers>()({
  name: 'memory',
  severity: 'warning',
  about: 'A container uses nearly all of the memory that it may; at its limit the kernel kills it.',
  source: 'our own',
  levels: { percent: 90 },
  needs: ['containers'],
  find: ({ containers }, levels) =>
    containers.flatMap(({ name, engine, memory_bytes: used, memory_limit_bytes: limit }): Found[] => {
      if (used === null || limit === null || (used / limit) * 100 < levels.percent) return [];
      return [
        {
          subject: name,
          message: `${name} uses ${percent((used / limit) * 100)} of its memory: ${sizeInWords(used)} of ${sizeInWords(limit)}`,
          evidence: { asked: `${engine} stats ${name}`, answered: `${used} of ${limit} bytes`, limit: `${levels.percent}%` },
          next: onNode`${engine} stats --no-stream ${name}`,
        },
      ];
    }),
});

const noMemoryLimit = rule<Containers>()({
  name: 'no-memory-limit',
  severity: 'info',
  about:
    'A running container has no limit of memory, so it can take what the others need. One that must have none is left out by its name as subject.',
  source: 'ByteLyst',
  levels: {},
  needs: ['containers'],
  find: ({ containers }) =>
    containers
      .filter(({ no_memory_limit, state }) => no_memory_limit === true && state === 'running')
      .map(({ name, engine, memory_bytes }) => ({
        subject: name,
        message: `${name} has no memory limit${memory_bytes === null ? '' : ` and uses ${sizeInWords(memory_bytes)}`}`,
        evidence: { asked: `${engine} inspect ${name}`, answered: 'HostConfig.Memory 0', limit: 'any limit' },
        next: { say: `Name a limit where ${name} is described, and start it anew.` },
      })),
});

const HOUR_S = 3_600;
const GIB = 2 ** 30;

const writeRate = rule<Containers>()({
  name: 'write-rate',
  severity: 'warning',
  about: 'A container writes so much to the disk that it will fill: warning_gib_h or critical_gib_h an hour, for half an hour.',
  source: 'ByteLyst: 22 GB in 13 hours went unseen',
  levels: { warning_gib_h: 1, critical_gib_h: 5, for_s: 1_800 },
  needs: ['containers', 'recent'],
  find: (section, { warning_gib_h, critical_gib_h, for_s }) => {
    const recentOf = recently(section);
    return section.containers.flatMap(({ id, name, engine }): Found[] => {
      const recent = recentOf(id);
      const hourly = (recent?.disk?.write_bytes_per_s ?? 0) * HOUR_S;
      if (recent === null || hourly < warning_gib_h * GIB) return [];
      const critical = hourly >= critical_gib_h * GIB;
      return [
        {
          subject: name,
          severity: critical ? 'critical' : 'warning',
          message: `${name} writes ${sizeInWords(hourly)} an hour (limit ${critical ? critical_gib_h : warning_gib_h} GiB)`,
          evidence: {
            asked: `${engine} stats ${name}`,
            answered: `${rate(hourly / HOUR_S)} over ${ageInWords(recent.seconds)}`,
            limit: `${warning_gib_h} GiB an hour`,
          },
          next: onNode`${engine} stats --no-stream ${name}`,
          for_s,
        },
      ];
    });
  },
});

const DAY_S = 86_400;

const imageAge = rule<Containers>()({
  name: 'image-age',
  severity: 'info',
  about: 'A running container comes from an image that was built long ago, so what was mended since is not in it.',
  source: 'ByteLyst: over 30 days',
  levels: { days: 30 },
  needs: ['containers'],
  find: ({ containers }, { days }) =>
    containers.flatMap(({ name, engine, image, image_age_sec: built, state }): Found[] => {
      if (built === null || state !== 'running' || built <= days * DAY_S) return [];
      return [
        {
          subject: name,
          message: `${name} runs an image built ${ageInWords(built)} ago (limit ${days} days): ${image}`,
          evidence: { asked: `${engine} image inspect ${image}`, answered: `built ${ageInWords(built)} ago`, limit: `${days} days` },
          next: onNode`${engine} image inspect ${image} --format '{{.Created}}'`,
        },
      ];
    }),
});

/** What a container takes of the machine, and how old what it runs is. */
export const limitRules: readonly Rule[] = [memory, noMemoryLimit, writeRate, imageAge];
