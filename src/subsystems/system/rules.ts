import { onNode } from '../../core/command.ts';
import { type Rule, rule } from '../../core/rule.ts';
import { clockSkew } from './clock-skew.ts';
import { cpuRules } from './cpu-rules.ts';
import { diskRules } from './disk-rules.ts';
import { memoryRules } from './memory-rules.ts';
import type { System } from './section.ts';
import { versionMismatch } from './version-mismatch.ts';

const temperature = rule<System>()({
  name: 'temperature',
  severity: 'warning',
  about: "A sensor is at its own upper limit, or critical; no level of ours, since each chip's limits differ.",
  source: 'the limits that the hardware itself tells',
  levels: {},
  needs: ['temperatures'],
  find: ({ temperatures }) =>
    temperatures.flatMap(({ sensor, label, celsius, max_celsius: max, crit_celsius: crit }) => {
      const critical = crit !== null && celsius >= crit;
      const limit = critical ? crit : max;
      if (limit === null || celsius < limit) return [];
      return [
        {
          subject: `${sensor} ${label}`,
          severity: critical ? ('critical' as const) : ('warning' as const),
          message: `${sensor} ${label} is at ${celsius} °C (its ${critical ? 'critical' : 'upper'} limit is ${limit} °C)`,
          evidence: { asked: '/sys/class/hwmon', answered: `${celsius} °C`, limit: `${limit} °C` },
          next: onNode`grep . /sys/class/hwmon/hwmon*/fan*_input`,
        },
      ];
    }),
});

const rebootRequired = rule<System>()({
  name: 'reboot-required',
  severity: 'info',
  about: 'An update is in force only after a reboot.',
  source: 'ByteLyst',
  levels: {},
  needs: ['reboot_required'],
  find: ({ reboot_required: required, kernel_version: kernel }) =>
    required
      ? [
          {
            subject: 'reboot',
            message: `A reboot is required to finish an update${kernel === null ? '' : ` (kernel ${kernel} runs)`}`,
            evidence: { asked: '/run/reboot-required', answered: 'it is there', limit: '' },
            next: onNode`cat /run/reboot-required.pkgs`,
          },
        ]
      : [],
});

const clockUnsynchronised = rule<System>()({
  name: 'clock-unsynchronised',
  severity: 'info',
  about: 'The service that keeps the clock right says that it does not succeed; a clock that is wrong already is clock-skew.',
  source: 'Orama: clocks within 5 s of each other',
  levels: {},
  needs: ['time_synchronised'],
  find: ({ time_synchronised: inStep, time_source: source }) =>
    inStep
      ? []
      : [
          {
            subject: 'clock',
            message: `The clock is not synchronised: ${source ?? 'its time service'} has no time to keep to`,
            evidence: {
              asked: source === 'chrony' ? 'chronyc tracking' : '/run/systemd/timesync/synchronized',
              answered: 'not synchronised',
              limit: '',
            },
            next: source === 'chrony' ? onNode`chronyc sources` : onNode`timedatectl timesync-status`,
          },
        ],
});

/** What may be wrong with the machine itself, and with clocks and versions across nodes. */
export const rules: readonly Rule[] = [
  ...diskRules,
  ...memoryRules,
  ...cpuRules,
  temperature,
  rebootRequired,
  clockUnsynchronised,
  clockSkew,
  versionMismatch,
];
