import { base64 } from './builder-key.js'
import { HttpService } from './http.js'
import { canonical } from './question.js'
import { ClientRefusal } from './refusal.js'
import { webCryptoSigner } from './signing.js'

const PURPOSE = 'weir key registration'
const SUITE = 'intl'
const KEY_ID_CHARACTERS = 32
const NONCE = /^[0-9a-f]{64}$/

/** The control plane over HTTP, as far as a page needs it. */
export class HttpSpace {
  #http

  /**
   * @param {string} base address of the control plane, its own origin when empty
   * @param {() => string | Promise<string>} token bearer token of an account that may register keys
   * @param {typeof fetch} [carrier]
   */
  constructor(base, token, carrier) {
    this.#http = new HttpService(base, token, carrier)
  }

  /**
   * @param {string} creditCode
   * @param {string} publicKey
   */
  challenge(creditCode, publicKey) {
    return this.#post(creditCode, 'key-challenges', { suite: SUITE, publicKey })
  }

  /**
   * @param {string} creditCode
   * @param {string} challengeId
   * @param {string} signature
   */
  prove(creditCode, challengeId, signature) {
    return this.#post(creditCode, 'keys', { challengeId, signature })
  }

  /**
   * @param {string} creditCode
   * @param {string} what
   * @param {object} body
   */
  #post(creditCode, what, body) {
    const path = `/v1/participants/${encodeURIComponent(creditCode)}/${what}`
    return this.#http.json('POST', path, 'application/json', JSON.stringify(body))
  }
}

/**
 * Registers a page's signing key for a party, with proof that its private half is here. What is
 * signed is looked at first: the bytes must be exactly the statement that registers this key for
 * this party, since a signature is good for whatever it stands under.
 *
 * @param {Pick<HttpSpace, 'challenge' | 'prove'>} space
 * @param {string} creditCode of the party
 * @param {{ privateKey: CryptoKey, publicKey: string }} pair of `generateSigningKey`
 * @returns {Promise<import('./question.js').Signer>} what questions are signed with
 */
export async function registerSigningKey(space, creditCode, pair) {
  const keyId = await nameOf(pair.publicKey)
  const signer = webCryptoSigner(pair.privateKey, keyId)
  const { id, toSign } = await space.challenge(creditCode, pair.publicKey)
  const statement = decoded(toSign)
  requireRegistration(statement, { creditCode, keyId })
  await space.prove(creditCode, String(id), base64(await signer.sign(statement)))
  return signer
}

/** @param {string} publicKey */
async function nameOf(publicKey) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', decoded(publicKey)))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, KEY_ID_CHARACTERS)
}

/** @param {unknown} text */
function decoded(text) {
  try {
    return Uint8Array.from(atob(String(text)), (character) => character.charCodeAt(0))
  } catch {
    throw notTheStatement()
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {{ creditCode: string, keyId: string }} expected
 */
function requireRegistration(bytes, { creditCode, keyId }) {
  let said
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw notTheStatement()
  }
  const nonce = String(said?.nonce)
  const whole = canonical({ creditCode, keyId, nonce, purpose: PURPOSE, suite: SUITE })
  if (!NONCE.test(nonce) || whole.length !== bytes.length || whole.some((byte, at) => byte !== bytes[at])) {
    throw notTheStatement()
  }
}

function notTheStatement() {
  return new ClientRefusal(
    '服务要求签署的不是登记此密钥的声明，未签署任何内容',
    'the service asks for a signature under something else than the registration of this key; nothing was signed',
  )
}
