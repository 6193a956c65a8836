/** What is of the right form passes, whole; each way of breaking it is refused, in one way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import * as gate from '../src/gate.js'
import { WireRefusal } from '../src/refusal.js'
import { ciphertextBytes, parametersBytes, plaintextBytes, secretKeyBytes } from '../src/seal-form.js'
import { CELLS_4096, LOOKUP_4096 } from '../src/sets.js'
import { WireOutput } from '../src/wire-output.js'
import { limbs } from './samples.js'

const SET = CELLS_4096
const COUNT_AT = 16 + 32 + 1 + 5 * 8 + 16
const whole = ciphertextBytes(SET, limbs(2, SET.dataPrimes))

/** @param {() => unknown} read */
function refused(read) {
  assert.throws(read, WireRefusal)
}

/** @param {Uint8Array} bytes */
function compressed(bytes) {
  const stored = deflateSync(bytes.subarray(16))
  const framed = new WireOutput().header(16 + stored.length).octets(stored).toBytes()
  framed[5] = 1
  return framed
}

test('every object passes, plain and compressed', () => {
  assert.equal(gate.parameters(parametersBytes(SET)), SET)
  assert.equal(gate.parameters(parametersBytes(LOOKUP_4096)), LOOKUP_4096)
  const secret = limbs(1, SET.primes)
  assert.deepEqual(gate.secretKey(SET, secretKeyBytes(SET, secret)), secret)
  const read = gate.ciphertext(SET, whole)
  assert.equal(read.seeded, false)
  assert.equal(read.primesDropped, 0)
  assert.deepEqual(gate.ciphertext(SET, compressed(whole)), read)
  const seeded = new BigUint64Array(2 * 4096 + 8).fill(1n)
  assert.deepEqual(gate.ciphertext(SET, ciphertextBytes(SET, seeded)), { primesDropped: 0, seeded: true, limbs: seeded })
  const plain = new BigUint64Array(4096).fill(SET.plainModulus - 1n)
  assert.deepEqual(gate.plaintext(SET, plaintextBytes(plain)), plain)
})

/** @type {[string, (view: DataView) => void][]} */
const BROKEN = [
  ['magic', (view) => view.setUint8(0, 0)],
  ['header size', (view) => view.setUint8(2, 17)],
  ['major version 3', (view) => view.setUint8(3, 3)],
  ['minor version of the future', (view) => view.setUint8(4, 5)],
  ['minor version 255', (view) => view.setUint8(4, 255)],
  ['unknown compression', (view) => view.setUint8(5, 3)],
  ['zstd, which no page can inflate', (view) => view.setUint8(5, 2)],
  ['compression that is not there', (view) => view.setUint8(5, 1)],
  ['reserved bits', (view) => view.setUint8(6, 1)],
  ['size one too many', (view) => view.setBigUint64(8, BigInt(view.byteLength + 1), true)],
  ['huge size', (view) => view.setBigUint64(8, 2n ** 64n - 1n, true)],
  ['size that no number holds', (view) => view.setBigUint64(8, 2n ** 53n + BigInt(view.byteLength), true)],
  ['parameter id', (view) => view.setUint8(16, view.getUint8(16) ^ 1)],
  ['ntt form', (view) => view.setUint8(48, 1)],
  ['three polynomials', (view) => view.setBigUint64(49, 3n, true)],
  ['degree', (view) => view.setBigUint64(57, 8192n, true)],
  ['count of primes', (view) => view.setBigUint64(65, 1n, true)],
  ['scale', (view) => view.setFloat64(73, 2, true)],
  ['scale not a number', (view) => view.setFloat64(73, NaN, true)],
  ['correction factor', (view) => view.setBigUint64(81, 2n, true)],
  ['nested magic', (view) => view.setUint8(89, 0)],
  ['nested version', (view) => view.setUint8(93, 0)],
  ['nested compression', (view) => view.setUint8(94, 1)],
  ['nested size', (view) => view.setBigUint64(97, 24n, true)],
  ['count of words', (view) => view.setBigUint64(COUNT_AT, 3n, true)],
  ['huge count of words', (view) => view.setBigUint64(COUNT_AT, 1n << 61n, true)],
  ['first coefficient equal to its prime', (view) => view.setBigUint64(COUNT_AT + 8, SET.primes[0], true)],
  ['coefficient with the highest bit', (view) => view.setBigUint64(COUNT_AT + 16, 1n << 63n, true)],
  ['last coefficient equal to its prime', (view) => view.setBigUint64(view.byteLength - 8, SET.primes[1], true)],
]
for (const [what, change] of BROKEN) {
  test('refused: ' + what, () => {
    const bytes = whole.slice()
    change(new DataView(bytes.buffer))
    refused(() => gate.ciphertext(SET, bytes))
  })
}

test('lengths are exact', () => {
  for (const bytes of [whole, compressed(whole)]) {
    for (const length of [0, 1, 15, 16, 17, 100, bytes.length - 1]) {
      refused(() => gate.ciphertext(SET, bytes.subarray(0, length)))
    }
    const longer = new Uint8Array(bytes.length + 1)
    longer.set(bytes)
    refused(() => gate.ciphertext(SET, longer))
    new DataView(longer.buffer).setBigUint64(8, BigInt(longer.length), true)
    refused(() => gate.ciphertext(SET, longer)) // something follows the object, or the stream
  }
})

test('objects of another set, and of another kind, are refused', () => {
  refused(() => gate.ciphertext(LOOKUP_4096, whole))
  refused(() => gate.secretKey(SET, whole))
  refused(() => gate.parameters(whole))
  refused(() => gate.plaintext(SET, whole))
  refused(() => gate.publicKey(SET, whole))
  refused(() => gate.galoisKeys(SET, whole, 4))
  refused(() => gate.ciphertext(SET, /** @type {any} */ ('5ea1')))
  refused(() => gate.secretKey(LOOKUP_4096, secretKeyBytes(SET, limbs(1, SET.primes))))
  const outside = limbs(1, SET.primes)
  outside[3 * 4096 - 1] = SET.primes[2]
  refused(() => gate.secretKey(SET, secretKeyBytes(SET, outside)))
  const plain = new BigUint64Array(4096)
  plain[4095] = SET.plainModulus
  refused(() => gate.plaintext(SET, plaintextBytes(plain)))
})

test('a bomb is refused before it takes more than an object needs', () => {
  const bomb = compressed(new Uint8Array(16 + (1 << 23)))
  const before = process.memoryUsage().arrayBuffers
  refused(() => gate.ciphertext(SET, bomb))
  assert.ok(process.memoryUsage().arrayBuffers - before < 1 << 20)
})

test('1,500 mutants pass whole or are refused, and nothing else', () => {
  const seeds = [whole, whole, whole, compressed(whole)]
  let passed = 0
  for (let i = 0; i < 1_500; i++) {
    const bytes = seeds[i % 4].slice()
    // Headers are hit more often than the sea of coefficients.
    const reach = i % 5 === 0 ? bytes.length : 140
    for (let flips = 1 + (i % 3); flips > 0; flips--) {
      bytes[Math.floor(Math.random() * reach)] = Math.floor(Math.random() * 256)
    }
    try {
      const read = gate.ciphertext(SET, bytes)
      passed++
      gate.checkBounds(read.limbs, SET.dataPrimes.slice(0, 2 - read.primesDropped), 4096)
    } catch (refusal) {
      assert.ok(refusal instanceof WireRefusal, String(refusal))
    }
  }
  assert.ok(passed > 0 && passed < 1_500, `${passed} passed`)
})
