import { defineSubsystem } from '../../core/subsystem.ts';
import { checks } from './checks.ts';
import { collect } from './collect.ts';
import { columns } from './columns.ts';
import { rules } from './rules.ts';

export default defineSubsystem({
  title: 'DNS and TLS',
  about: 'Whether name server and web server run and listen, what they answer for their domains, and when certificates end.',
  tab: 'DNS',
  order: 40,
  collect,
  rules,
  checks,
  columns,
});
