/** Streams of another implementation inflate to what went in; damaged ones are refused within the bound. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { inflate } from '../src/inflate.js'
import { WireRefusal } from '../src/refusal.js'

const TEXT = Buffer.from('a weir lets water through in measured amounts and never more. '.repeat(300))
const INPUTS = [Buffer.alloc(0), Buffer.from('x'), TEXT, randomBytes(40_000), Buffer.alloc(40_000, 7)]

test('every level and strategy inflates to what went in', () => {
  const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE]
  for (const input of INPUTS) {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of strategies) {
        const stored = deflateSync(input, { level, strategy })
        assert.deepEqual(Buffer.from(inflate(stored, input.length)), input)
      }
    }
  }
})

test('one byte more than the bound is refused', () => {
  assert.throws(() => inflate(deflateSync(TEXT), TEXT.length - 1), WireRefusal)
  assert.throws(() => inflate(deflateSync(TEXT, { level: 0 }), TEXT.length - 1), WireRefusal)
})

test('what is cut short, goes on, or does not add up is refused', () => {
  const stored = deflateSync(TEXT)
  for (let length = 0; length < stored.length; length++) {
    assert.throws(() => inflate(stored.subarray(0, length), TEXT.length), WireRefusal)
  }
  assert.throws(() => inflate(Buffer.concat([stored, Buffer.alloc(1)]), TEXT.length), WireRefusal)
  const sum = Buffer.from(stored)
  sum[sum.length - 1] ^= 1
  assert.throws(() => inflate(sum, TEXT.length), WireRefusal)
  assert.throws(() => inflate(deflateRawSync(TEXT), TEXT.length), WireRefusal)
  assert.throws(() => inflate(deflateSync(TEXT, { dictionary: Buffer.from('weir') }), TEXT.length), WireRefusal)
})

test('3,000 mutants end in a refusal or within the bound', () => {
  const good = INPUTS.map((input) => deflateSync(input.subarray(0, 2_000)))
  for (let i = 0; i < 3_000; i++) {
    const bytes = Buffer.from(good[i % good.length])
    bytes[Math.floor(Math.random() * bytes.length)] ^= 1 << (i % 8)
    try {
      assert.ok(inflate(bytes, 2_000).length <= 2_000)
    } catch (refusal) {
      assert.ok(refusal instanceof WireRefusal, String(refusal))
    }
  }
})
