// @ts-check
/** One picture for one slot, tried again while the link is bad: equal bytes are answered again, never taken twice. */

import { Offline } from "pairing/api";
import { http } from "upload/http";
import { failureOf, uploadRequest } from "upload/send";
import { pause } from "upload/sending";

/**
 * @import { Sendable } from "upload/send"
 */

const PATIENCE = 8;

/**
 * @param {string} slot @param {Sendable} picture
 * @param {(sent: number) => void} told @param {(why: Offline) => void} waiting the link is broken, a next try follows
 * @param {{http: typeof http, pause: typeof pause}} [by]
 * @returns {Promise<void>}
 * @throws {Refusal | Offline}
 */
export async function sendDocument(slot, picture, told, waiting, by = { http, pause }) {
  for (let failures = 0; ; ) {
    try {
      const request = { ...uploadRequest(picture, true, `/m/documents/${slot}`), body: picture.bytes };
      const answer = await by.http(request, told);
      if ((answer.status === 200 || answer.status === 201) && answer.said?.document?.sha256 === picture.sha256) return;
      throw failureOf(answer);
    } catch (error) {
      if (!(error instanceof Offline) || ++failures > PATIENCE) throw error;
      waiting(error);
      await by.pause(failures, error.retryAfter);
    }
  }
}
