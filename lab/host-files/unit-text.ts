/** A service that is always running and starts with the machine. */
export function unitText(description: string, command: string): string {
  return [
    ...['[Unit]', `Description=${description}`, 'After=network.target'],
    ...['[Service]', `ExecStart=${command}`, 'Restart=always', 'RestartSec=2'],
    ...['[Install]', 'WantedBy=multi-user.target', ''],
  ].join('\n');
}
