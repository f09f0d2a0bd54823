/** A service that is always running and starts with the machine, after the unit that it stands on. */
export function unitText(description: string, command: string, after = 'network.target'): string {
  return [
    ...['[Unit]', `Description=${description}`, `After=${after}`],
    ...['[Service]', `ExecStart=${command}`, 'Restart=always', 'RestartSec=2'],
    ...['[Install]', 'WantedBy=multi-user.target', ''],
  ].join('\n');
}
