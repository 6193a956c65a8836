/** A question as it leaves: envelope, suite, signing key and signature, ciphertexts, each after its length. */
import { hexadecimal } from './builder-key.js'

/** @typedef {import('./ticket.js').Ticket} Ticket */

/**
 * Signs as the asker's party.
 *
 * @typedef {object} Signer
 * @property {string} suite `intl` for Ed25519, `gm` for SM2
 * @property {string} keyId what the space calls the key
 * @property {(message: Uint8Array) => Promise<Uint8Array>} sign
 */

/**
 * The RFC 8785 bytes of a value of strings, whole numbers, arrays and plain objects: JavaScript's own
 * numbers and strings are the form's, and its order of names is that of UTF-16 units.
 *
 * @param {unknown} value
 * @returns {Uint8Array}
 */
export function canonical(value) {
  return new TextEncoder().encode(canonicalText(value))
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function canonicalText(value) {
  if (Array.isArray(value)) {
    return '[' + value.map(canonicalText).join(',') + ']'
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => JSON.stringify(name) + ':' + canonicalText(member))
    return '{' + members.join(',') + '}'
  }
  return JSON.stringify(value)
}

/**
 * @param {Ticket} ticket
 * @param {string} keyId of the encryption key
 * @param {Uint8Array[]} ciphertexts
 * @param {Signer} signer
 * @returns {Promise<Uint8Array>}
 */
export async function signed(ticket, keyId, ciphertexts, signer) {
  const envelope = canonical({
    v: 1,
    ticketId: ticket.id,
    contractId: ticket.contractId,
    decisionLeaf: ticket.decisionLeaf,
    parameterSet: ticket.set.label,
    rollupId: ticket.rollupId,
    dataVersion: ticket.dataVersion,
    keyId,
    questionSha256: hexadecimal(await sha256(parts(ciphertexts))),
    expires: ticket.expires,
  })
  const signature = await signer.sign(envelope)
  const utf8 = new TextEncoder()
  return parts([envelope, utf8.encode(signer.suite), utf8.encode(signer.keyId), signature, ...ciphertexts])
}

/**
 * Each after its length in four bytes.
 *
 * @param {Uint8Array[]} all
 */
function parts(all) {
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const part of all) {
    view.setUint32(at, part.length)
    bytes.set(part, at + 4)
    at += 4 + part.length
  }
  return bytes
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
