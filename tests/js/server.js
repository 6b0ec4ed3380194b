// What docs/api.md says of uploads, on a link that can be cut.
import "./resolve.js";
import { createHash } from "node:crypto";

const { Offline } = await import("pairing/api");

const REPORT = { verdict: "pass", findings: [] };
export const answerTo = ({ sha256 }) => ({ capture: { sha256 }, report: REPORT });

const say = (status, more = {}) => ({ status, offset: null, complete: false, retryAfter: 0, said: null, ...more });
const fault = (status, code, more = {}) => say(status, { said: { error: { code, text: "" } }, ...more });

/** A server as in docs/api.md. @param {{busy?: number, tight?: number}} how often it is busy, and has no room */
class Server {
  constructor({ busy, tight }) {
    Object.assign(this, { busy, tight, bytes: new Uint8Array(0), announced: false, received: 0, requests: [] });
  }

  final() {
    if (this.tight-- > 0) return say(507, { retryAfter: 5, said: { error: { code: "full", text: "没有空间" } } });
    const sha256 = createHash("sha256").update(this.bytes).digest("hex");
    return say(this.received++ ? 200 : 201, { said: answerTo({ sha256 }) });
  }

  POST({ headers, body }) {
    if (this.busy-- > 0) return fault(503, "busy", { retryAfter: 3 });
    if (this.received) return this.final();
    if (headers["Upload-Complete"] === "?1") {
      this.bytes = new Uint8Array(body);
      return this.final();
    }
    this.announced = true;
    this.length = Number(headers["Upload-Length"]);
    return say(201, { offset: this.bytes.length });
  }

  PATCH({ headers, body }) {
    if (!this.announced) return fault(404, "no_upload");
    if (Number(headers["Upload-Offset"]) !== this.bytes.length)
      return fault(409, "offset", { offset: this.bytes.length });
    this.bytes = Uint8Array.from([...this.bytes, ...new Uint8Array(body)]);
    return this.bytes.length === this.length ? this.final() : say(204, { offset: this.bytes.length });
  }

  HEAD() {
    if (!this.announced) return fault(404, "no_upload");
    return say(204, { offset: this.bytes.length, complete: this.received > 0 });
  }
}

/** A server on a link that can be cut: `cut(request)` true loses it, "after" loses only the answer. */
export function server({ cut = () => false, busy = 0, tight = 0 } = {}) {
  const here = new Server({ busy, tight });
  const http = async (request, progress = () => undefined) => {
    const { method, headers, body } = request;
    here.requests.push(`${method} ${headers["Upload-Offset"] ?? headers["Upload-Complete"] ?? ""}`.trim());
    const lost = cut(request, here);
    if (lost === true) throw new Offline();
    const answer = here[method](request);
    if (lost === "after") throw new Offline();
    progress(body?.byteLength ?? 0);
    return answer;
  };
  return { here, http };
}
