import { shellWord } from '../../core/command.ts';
import type { Wants } from './wants.ts';

/** The command that shows another view of the same fleet, as one types it. */
export function again({ env, config, ssh }: Wants, view: string, more: readonly string[] = []): string {
  const words = [
    ...['ward', 'monitor', view],
    ...(config === null ? [] : ['--config', config]),
    ...ssh.flatMap((pattern) => ['--ssh', pattern]),
    ...(env === null ? [] : ['--env', env]),
    ...more,
  ];
  return words.map(word).join(' ');
}

function word(text: string): string {
  return /^--?[a-z]+$/.test(text) ? text : shellWord(text);
}
