import type { Put } from './put.ts';
import { unitText } from './unit-text.ts';

/** Two services of an imagined shop: one takes connections on 8080, the other works and writes a line now and then. */
export function writeShop(put: Put): void {
  put('/opt/shop/api.py', API);
  put('/opt/shop/worker.sh', WORKER, 0o755);
  put('/etc/systemd/system/shop-api.service', unitText('Shop API', '/usr/bin/python3 -u /opt/shop/api.py'));
  put('/etc/systemd/system/shop-worker.service', unitText('Shop worker', '/opt/shop/worker.sh'));
}

const API = `import socket
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("0.0.0.0", 8080))
listener.listen(16)
print("listening on 8080")
while True:
    client, _ = listener.accept()
    client.recv(4096)
    client.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\nok\\n")
    client.close()
`;

/** SIGUSR1 makes it write what a Go program writes when it panics. */
const WORKER = `#!/bin/sh
trap 'echo "panic: runtime error: index out of range [3] with length 3"' USR1
echo "worker started"
while :; do
  sleep 30 &
  wait $!
  echo "queue is empty"
done
`;
