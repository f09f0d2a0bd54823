import type { Put } from '../host-files/put.ts';
import { unitText } from '../host-files/unit-text.ts';
import { askedInside } from '../inside.ts';
import { until } from '../run.ts';
import type { LabHost } from '../state.ts';

const SCRIPT = '/usr/local/lib/lab/gateway.py';

/** Where a gateway listens, and what it asks on its host. */
interface Gateway {
  port: number;
  /** The port of rqlite's HTTP API. */
  database: number;
  /** `HOST:PORT` of Olric. */
  cache: string;
}

/** The words that run a stand-in. */
export function gatewayWords({ port, database, cache }: Gateway): string {
  return `/usr/bin/python3 -u ${SCRIPT} ${port} ${database} ${cache}`;
}

/**
 * A stand-in for Orama's gateway, which is part of a program that cannot be had here: it answers the question for its health in the form
 * that the real one was seen to answer in, with what rqlite and Olric of its host say at that moment.
 */
export function writeGateway({ mesh_address }: LabHost, put: Put): void {
  put(SCRIPT, GATEWAY);
  const words = gatewayWords({ port: 6001, database: 5001, cache: `${mesh_address}:3320` });
  put('/etc/systemd/system/orama-gateway.service', unitText('Gateway (a stand-in)', words));
}

const GATEWAY = `import json, socket, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
port, database, cache = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
began = time.time()

def ask(host, port, text, good):
    try:
        with socket.create_connection((host, int(port)), 2) as to:
            to.settimeout(2)
            to.sendall(text)
            return "ok" if to.recv(64).startswith(good) else "error"
    except OSError:
        return "error"

def stamp(at):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))

class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path not in ("/health", "/v1/health"):
            self.send_error(404)
            return
        at = time.time()
        checks = {
            "connection": "ok",
            "database": ask("127.0.0.1", database, b"GET /readyz HTTP/1.0\\r\\n\\r\\n", b"HTTP/1.0 200"),
            "pubsub": ask(*cache.split(":"), b"PING\\r\\n", b"+PONG"),
        }
        well = "error" not in checks.values()
        client = {"status": "healthy" if well else "degraded", "checks": checks, "last_updated": stamp(at), "response_time": int((time.time() - at) * 1e9)}
        server = {"status": "ok", "started_at": stamp(began), "uptime": "%ds" % (at - began)}
        body = json.dumps({"status": "ok" if well else "degraded", "server": server, "client": client}).encode()
        self.send_response(200 if well else 503)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

ThreadingHTTPServer(("0.0.0.0", port), Health).serve_forever()
`;

/** Waits until the gateway of each of these hosts says that all is well. */
export async function awaitGateways(hosts: readonly LabHost[]): Promise<void> {
  for (const host of hosts) {
    const words = ['curl', '-sS', '-m', '3', 'http://127.0.0.1:6001/health'];
    const look = `npm run lab -- ssh ${host.name} journalctl -n 30 -u orama-gateway`;
    await until(
      `the gateway of ${host.name} says that all is well`,
      60,
      () => askedInside(host, words).stdout.includes('"status": "ok"'),
      look,
    );
  }
}
