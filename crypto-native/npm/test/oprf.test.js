/** RFC 9497, appendix A.3.2, and what must be refused of an evaluation. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { p256_oprf } from '@noble/curves/nist.js'
import { Blinded } from '../src/oprf.js'
import { ClientRefusal } from '../src/refusal.js'

const FILE = join(process.env.WEIR_DATA ?? '', 'oprf-rfc9497', 'vectors.json')
const absent = existsSync(FILE) ? false : 'third-party vectors are not here: name their directory in WEIR_DATA'
const { voprf } = p256_oprf
const server = voprf.deriveKeyPair(new Uint8Array(32), new Uint8Array(0))
const input = new TextEncoder().encode('a record')

/** @param {string} text */
function bytes(text) {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

/** Random bytes from which the library draws just this blind. */
function drawing(/** @type {string} */ blind) {
  return () => bytes((BigInt('0x' + blind) - 1n).toString(16).padStart(96, '0'))
}

test('blinding, proof and value are those of the RFC', { skip: absent }, () => {
  const suites = JSON.parse(readFileSync(FILE, 'utf8'))
  const suite = suites.find((/** @type {any} */ one) => one.identifier === 'P256-SHA256' && one.mode === 1)
  const single = suite.vectors.filter((/** @type {any} */ one) => one.Batch === 1)
  assert.equal(single.length, 2)
  for (const vector of single) {
    const blinded = new Blinded(bytes(suite.pkSm), bytes(vector.Input), drawing(vector.Blind))
    assert.equal(Buffer.from(blinded.element).toString('hex'), vector.BlindedElement)
    const value = blinded.finish(bytes(vector.EvaluationElement), bytes(vector.Proof.proof))
    assert.equal(Buffer.from(value).toString('hex'), vector.Output)
  }
})

test('another key, another element, and bytes that are none are refused', () => {
  const asked = new Blinded(server.publicKey, input)
  const right = voprf.blindEvaluate(server.secretKey, server.publicKey, asked.element)
  assert.deepEqual(asked.finish(right.evaluated, right.proof), voprf.evaluate(server.secretKey, input))
  const other = voprf.deriveKeyPair(new Uint8Array(32), Uint8Array.of(1))
  const foreign = voprf.blindEvaluate(other.secretKey, other.publicKey, asked.element)
  const another = voprf.blindEvaluate(server.secretKey, server.publicKey, new Blinded(server.publicKey, input).element)
  const flipped = right.proof.slice()
  flipped[63] ^= 1
  const wrong = [
    [foreign.evaluated, foreign.proof], [foreign.evaluated, right.proof], [right.evaluated, foreign.proof], [another.evaluated, another.proof],
    [right.evaluated, flipped], [right.evaluated, new Uint8Array(64)], [right.evaluated, new Uint8Array(64).fill(255)], [right.evaluated, right.proof.subarray(1)],
    [new Uint8Array(33), right.proof], [new Uint8Array(0), right.proof], [Uint8Array.of(2, ...new Uint8Array(32).fill(255)), right.proof],
    [Uint8Array.of(4, ...right.evaluated.subarray(1)), right.proof],
  ]
  for (const [evaluated, proof] of wrong) {
    assert.throws(() => asked.finish(evaluated, proof), ClientRefusal)
  }
  assert.throws(() => new Blinded(new Uint8Array(33).fill(2, 0, 1), input).finish(right.evaluated, right.proof), ClientRefusal)
})

test('what is sent differs each time, shows nothing, and has a bound', () => {
  const [one, two] = [new Blinded(server.publicKey, input), new Blinded(server.publicKey, input)]
  assert.notDeepEqual(one.element, two.element)
  assert.equal(one.element.length, 33)
  assert.equal(JSON.stringify({ one }) + one, '{"one":"Blinded"}Blinded')
  assert.throws(() => new Blinded(server.publicKey, new Uint8Array(65_536)), ClientRefusal)
})
