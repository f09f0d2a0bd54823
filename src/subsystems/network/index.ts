import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Network',
  about:
    'Whether the machine reaches what it must, what its interfaces carry and lose, which ports listen, and whether a firewall stands before them.',
  order: 50,
  collect,
  rules,
  checks,
  columns,
});
