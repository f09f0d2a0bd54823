import { shellWord } from '../../core/command.ts';
import type { Wants } from './wants.ts';

/** The command that shows another view of the same fleet, as one types it. */
export function again({ env, config, replay, from, ssh }: Wants, view: string, more: readonly string[] = []): string {
  const words = [
    ...['ward', 'monitor', view],
    ...(config === null ? [] : ['--config', config]),
    ...(replay === null ? [] : ['--replay', replay]),
    ...from.flatMap((place) => ['--from', place]),
    ...ssh.flatMap((pattern) => ['--ssh', pattern]),
    ...(env === null ? [] : ['--env', env]),
    ...more,
  ];
  return words.map(word).join(' ');
}

function word(text: string): string {
  return /^--?[a-z]+$/.test(text) ? text : shellWord(text);
}

/** The words that filter the view, once more. */
export function filterWords({ node, tag, role }: Wants): string[] {
  return [
    ...node.flatMap((each) => ['--node', each]),
    ...tag.flatMap((each) => ['--tag', each]),
    ...role.flatMap((each) => ['--role', each]),
  ];
}
