import { defineSubsystem } from '../../core/subsystem.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'Checks',
  noun: 'checks',
  about:
    'Endpoints that the node names, asked from the node, or that nodes.yaml names, asked from where ward runs: HTTP, TCP, DNS, certificates, and what other programs say of their own health.',
  order: 140,
  collect,
  rules,
  columns,
});
