import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonical } from '../src/question.js'
import { ClientRefusal } from '../src/refusal.js'
import { registerSigningKey } from '../src/registration.js'
import { generateSigningKey } from '../src/signing.js'

const CODE = '91990000900000030E'
const NONCE = 'ab'.repeat(32)

/** A control plane that has `change` done to the statement, and what it was proven. */
async function space(pair, change = (statement) => canonical(statement)) {
  const spki = Uint8Array.from(atob(pair.publicKey), (character) => character.charCodeAt(0))
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', spki)).toString('hex')
  const keyId = digest.slice(0, 32)
  const toSign = change({ purpose: 'weir key registration', creditCode: CODE, suite: 'intl', keyId, nonce: NONCE })
  const proven = []
  return {
    keyId,
    toSign,
    proven,
    challenge: async (creditCode, publicKey) => {
      assert.deepEqual([creditCode, publicKey], [CODE, pair.publicKey])
      return { id: 'challenge', toSign: Buffer.from(toSign).toString('base64') }
    },
    prove: async (creditCode, challengeId, signature) => proven.push([creditCode, challengeId, signature]),
  }
}

test('a key is registered with a proof that verifies, and named as the space names it', async () => {
  const pair = await generateSigningKey()
  const plane = await space(pair)
  const signer = await registerSigningKey(plane, CODE, pair)
  assert.equal(signer.keyId, plane.keyId)
  assert.equal(signer.suite, 'intl')
  const [[code, challenge, signature]] = plane.proven
  assert.deepEqual([code, challenge], [CODE, 'challenge'])
  const spki = Uint8Array.from(atob(pair.publicKey), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('spki', spki, { name: 'Ed25519' }, false, ['verify'])
  assert.ok(await crypto.subtle.verify({ name: 'Ed25519' }, key, Buffer.from(signature, 'base64'), plane.toSign))
})

test('nothing but the registration of this key for this party is signed', async () => {
  const pair = await generateSigningKey()
  const others = [
    (said) => canonical({ ...said, purpose: 'authorised-operation-agreement' }),
    (said) => canonical({ ...said, creditCode: '91990000900000033X' }),
    (said) => canonical({ ...said, suite: 'gm' }),
    (said) => canonical({ ...said, keyId: '0'.repeat(32) }),
    (said) => canonical({ ...said, nonce: 'short' }),
    (said) => canonical({ ...said, also: 'a contract' }),
    (said) => new TextEncoder().encode(JSON.stringify(said, null, 1)),
    () => new TextEncoder().encode('null'),
    () => new Uint8Array([0xff, 0xfe]),
    () => new Uint8Array(0),
  ]
  for (const change of others) {
    const plane = await space(pair, change)
    await assert.rejects(registerSigningKey(plane, CODE, pair), ClientRefusal)
    assert.deepEqual(plane.proven, [])
  }
})
