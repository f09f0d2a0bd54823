import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'IPFS',
  about: 'Whether Kubo and IPFS Cluster answer, whom they are connected to, and how full the repository is.',
  order: 44,
  collect,
  rules,
  checks,
  columns,
});
