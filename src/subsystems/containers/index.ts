import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Containers',
  noun: 'containers',
  about:
    'The containers of Docker and Podman: whether they are healthy, restart, were killed or gave up, and what they use of what they may.',
  tab: 'Containers',
  order: 60,
  collect,
  rules,
  checks,
  columns,
});
