import { base64 } from './builder-key.js'

const ED25519 = { name: 'Ed25519' }

/**
 * A signing key of the page's own, which no script can read: to be registered with the space by its
 * public half, and kept in IndexedDB by whoever wants it longer than the page lives.
 *
 * @returns {Promise<{ privateKey: CryptoKey, publicKey: string }>} the public key as the space takes
 *   it: SubjectPublicKeyInfo in base64
 */
export async function generateSigningKey() {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify']))
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
  return { privateKey: pair.privateKey, publicKey: base64(new Uint8Array(spki)) }
}

/**
 * A signing key made elsewhere; no script can read it afterwards.
 *
 * @param {string} pkcs8 base64, as between the lines of an unencrypted PEM file
 */
export function importSigningKey(pkcs8) {
  const bytes = Uint8Array.from(atob(pkcs8), (character) => character.charCodeAt(0))
  return crypto.subtle.importKey('pkcs8', bytes, ED25519, false, ['sign'])
}

/**
 * Signs in suite `intl` with WebCrypto. No browser has SM2: for suite `gm` the caller brings a signer.
 *
 * @param {CryptoKey} privateKey
 * @param {string} keyId what the space calls it
 * @returns {import('./question.js').Signer}
 */
export function webCryptoSigner(privateKey, keyId) {
  return Object.freeze({
    suite: 'intl',
    keyId,
    sign: async (/** @type {Uint8Array} */ message) =>
      new Uint8Array(await crypto.subtle.sign(ED25519, privateKey, Uint8Array.from(message))),
  })
}
