/** A phone's cameras, of which one is open at a time, as browsers tell of them. */

const NAMES = { front: "user", back: "environment" };

/**
 * @param {{id: string, label: string, faces?: "front" | "back", said?: boolean, able?: {facing?: boolean, width?: number},
 *   broken?: boolean}[]} lenses `said`: the running track says where it faces, unless false; `able`: what the device says
 *   of itself without running, if anything; `broken`: it never opens
 * @param {{chooses?: string, freed?: number}} [how] the lens that the browser opens by itself; `freed`: how many times
 * the next one is refused after one was closed
 */
export function aPhone(lenses, { chooses = lenses[0].id, freed = 0 } = {}) {
  const phone = { asked: [], opened: [], running: null, refuses: 0 };
  const track = (lens) => ({
    label: lens.label,
    readyState: "live",
    muted: false,
    addEventListener() {},
    getSettings: () => ({ deviceId: lens.id, facingMode: lens.said === false ? undefined : NAMES[lens.faces] }),
    stop() {
      if (phone.running !== this) return;
      phone.running = null;
      phone.refuses = freed;
    },
  });
  const getUserMedia = async ({ video }) => {
    const exact = video.deviceId?.exact;
    phone.asked.push(exact ?? "any");
    const lens = lenses.find(({ id }) => id === (exact ?? chooses));
    if (!lens) throw new DOMException("no such lens", "OverconstrainedError");
    if (lens.broken || phone.running || phone.refuses-- > 0) throw new DOMException("in use", "NotReadableError");
    phone.running = track(lens);
    phone.opened.push(lens.id);
    const running = phone.running;
    return { getTracks: () => [running], getVideoTracks: () => [running] };
  };
  const enumerateDevices = async () => lenses.map(device);
  const mediaDevices = { getUserMedia, enumerateDevices };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { mediaDevices } });
  return phone;
}

function device({ id, label, faces, able }) {
  const capabilities = able && { facingMode: able.facing ? [NAMES[faces]] : [], width: { max: able.width } };
  return { kind: "videoinput", deviceId: id, label, ...(able && { getCapabilities: () => capabilities }) };
}

/** The element that shows it. */
export function aVideo() {
  return { videoWidth: 1920, videoHeight: 1440, currentTime: 0, play: async () => undefined, addEventListener() {} };
}
