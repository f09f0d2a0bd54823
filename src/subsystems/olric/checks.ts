import { type CheckDefinition, numberRule } from '../../core/check-definition.ts';
import { notActiveRule } from '../../core/not-active.ts';
import type { Olric } from './section.ts';

const restarts = numberRule<Olric>()({
  ...{
    name: 'restarts',
    field: 'restart_count',
    subject: 'olric',
    asked: 'systemd',
    what: 'Olric was restarted by itself',
    unit: ' times',
  },
  about: 'Olric ended and was started again by itself.',
  levels: { warning: 0, critical: 3 },
});

const allActive = notActiveRule<Olric>({
  name: 'all-active',
  title: 'Olric',
  isDown: ({ responsive }) => (responsive === null ? null : !responsive),
  follows: { rule: 'olric/unresponsive', subject: 'olric' },
});

/** The checks of `ward inspect` on Olric. */
export const checks: readonly CheckDefinition[] = [
  { id: 'olric.service_active', rules: ['unresponsive'], importance: 'critical' },
  { id: 'olric.memberlist_port', rules: ['memberlist-down'], importance: 'critical' },
  { id: 'olric.restarts', rules: [restarts], importance: 'high' },
  { id: 'olric.memory', rules: ['memory'], importance: 'high', fails: true },
  { id: 'olric.log_suspects', rules: ['log'], subject: 'suspects', importance: 'critical', needs: ['log_suspects_1h'], fails: true },
  { id: 'olric.log_flapping', rules: ['log'], subject: 'flapping', importance: 'high', needs: ['log_flapping_1h'] },
  { id: 'olric.log_errors', rules: ['log'], subject: 'errors', importance: 'high', needs: ['log_errors_1h'], fails: true },
  { id: 'olric.all_active', rules: [allActive], importance: 'critical', needs: ['responsive'] },
  { id: 'olric.all_memberlist', rules: ['member-missing'], importance: 'high', needs: ['members'] },
  { id: 'olric.split', rules: ['split'], importance: 'critical', needs: ['members'] },
  { id: 'olric.version_consistent', rules: ['version-differs'], importance: 'medium', needs: ['version'] },
];
