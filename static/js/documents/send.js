// @ts-check
/** One picture for one slot, tried again while the link is bad: equal bytes are answered again, never taken twice. */

import { Offline } from "pairing/api";
import { pause } from "upload/sending";
import { announce, wrong } from "upload/send";
import { wire } from "upload/http";

const PATIENCE = 8;

/**
 * @param {string} slot @param {import("upload/send").Picture} picture
 * @param {(sent: number) => void} told @param {(why: Offline) => void} waiting the link is broken, a next try follows
 * @param {{wire: typeof wire, pause: typeof pause}} [by]
 * @returns {Promise<void>}
 * @throws {import("pairing/api").Refusal | Offline}
 */
export async function sendTo(slot, picture, told, waiting, by = { wire, pause }) {
  for (let failures = 0; ; ) {
    try {
      const request = { ...announce(picture, true, `/m/documents/${slot}`), body: picture.bytes };
      const answer = await by.wire(request, told);
      if ((answer.status === 200 || answer.status === 201) && answer.said?.document?.sha256 === picture.sha256) return;
      throw wrong(answer);
    } catch (error) {
      if (!(error instanceof Offline) || ++failures > PATIENCE) throw error;
      waiting(error);
      await by.pause(failures, error.retryAfter);
    }
  }
}
