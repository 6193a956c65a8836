/** Private lookup against a service that is told what to answer, and lies in each way there is. */
import assert from 'node:assert/strict'
import { createCipheriv, createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { p256_oprf } from '@noble/curves/nist.js'
import { BuilderKey, CELLS_4096, ClientRefusal, HttpQuestions, LOOKUP_4096, PrivateLookup, generateSigningKey, ticket as checked, webCryptoSigner } from '../src/index.js'
import { EntryShape } from '../src/entry-shape.js'
import { LookupShape } from '../src/lookup-shape.js'
import { RecordLock } from '../src/record-lock.js'
import { lookupTicketJson } from './samples.js'

const { voprf } = p256_oprf
const server = voprf.deriveKeyPair(new Uint8Array(32), new Uint8Array(0))
const other = voprf.deriveKeyPair(new Uint8Array(32), Uint8Array.of(1))
const publicKey = Buffer.from(server.publicKey).toString('base64')
const lock = new RecordLock('contract/table/3')
const ABOUT = { contractId: '0c1d0c1d-0000-4000-8000-000000000001', productId: '0c1d0c1d-0000-4000-8000-000000000002', purpose: 'research' }
const ROW = JSON.stringify(['77', '福州'])

/** @type {BuilderKey} */
let key
/** @type {PrivateLookup} */
let lookup
/** @type {import('../src/question.js').Signer} */
let signer

before(async () => {
  key = await BuilderKey.generate(LOOKUP_4096)
  lookup = new PrivateLookup(key)
  signer = webCryptoSigner((await generateSigningKey()).privateKey, 'k')
})
after(() => key.close())

/** An entry as the table holds it. */
function locked(/** @type {Uint8Array} */ name, /** @type {string} */ text, secretKey = server.secretKey) {
  const value = voprf.evaluate(secretKey, name)
  const label = createHmac('sha256', value).update('weir lookup record v1').digest()
  const plain = Buffer.alloc(240)
  plain.writeUInt16BE(Buffer.from(text).length)
  plain.write(text, 2)
  const cipher = createCipheriv('aes-256-gcm', label, Buffer.alloc(12)).setAAD(name)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Fields of so many bits, least significant first. */
function packed(/** @type {number[]} */ values, /** @type {number} */ bits) {
  const bytes = Buffer.alloc(Math.ceil((values.length * bits) / 8))
  values.forEach((value, i) => {
    for (let bit = 0; bit < bits; bit++) {
      bytes[(i * bits + bit) >> 3] |= ((value >> bit) & 1) << ((i * bits + bit) & 7)
    }
  })
  return bytes
}

/** A ciphertext without a key, c1 all zero, which decrypts to these digits. */
function open(/** @type {number[]} */ digits, /** @type {number} */ bits) {
  return Buffer.concat([Buffer.alloc((4096 * 25) / 8), packed(digits.map((digit) => Math.round((digit * 2 ** bits) / 65_537)), bits)])
}

/** @param {Buffer} bytes */
function digitsOf(bytes) {
  return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i))
}

/** What a lookup of a record finds when these bytes lie there. */
function found(/** @type {LookupShape} */ shape, /** @type {number} */ record, /** @type {Buffer} */ bytes) {
  const digits = new Array(shape.window.count).fill(0)
  digits.splice(((record % 8) * 512) % shape.leaves, 512, ...digitsOf(bytes))
  const inner = digitsOf(open(digits, 25))
  return Buffer.concat([open(inner.slice(0, 4096), 20), open(inner.slice(4096), 20)])
}

/**
 * A service for one question.
 *
 * @param {any} json the ticket
 * @param {(blinded: Uint8Array) => Uint8Array} reply
 */
function service(json, reply, refusals = 0) {
  /** @type {Buffer[]} */
  const heard = []
  let element = new Uint8Array(0)
  const carrier = async (/** @type {any} */ path, /** @type {any} */ { body }) => {
    heard.push(Buffer.from(path), Buffer.from(body ?? ''))
    if (path.endsWith('/reply')) {
      return new Response(Uint8Array.from(reply(element)))
    }
    if (path.endsWith('/question')) {
      element = Uint8Array.from(body.slice(-33))
      return Response.json({ ...json, status: 'DONE' })
    }
    return refusals-- > 0
      ? Response.json({ type: 'urn:weir:problem:not-ready', detail: 'being locked' }, { status: 503 })
      : Response.json(json)
  }
  return { heard, questions: new HttpQuestions('', () => 'token', /** @type {any} */ (carrier)) }
}

/** Evaluation and proof by the announced key. */
function evaluated(/** @type {Uint8Array} */ element, keys = server) {
  const { evaluated: point, proof } = voprf.blindEvaluate(keys.secretKey, keys.publicKey, element)
  return Buffer.concat([point, proof])
}

const INDEX = 1_021
const byIndex = lookupTicketJson('INDEX', publicKey)
const { shape } = /** @type {import('../src/lookup-terms.js').LookupTerms} */ (checked(byIndex).lookup)
const [place] = shape.ofIndex(INDEX)

/** The record in which an entry lies, with another one beside it. */
function record(/** @type {Buffer} */ entry) {
  const bytes = Buffer.alloc(1024, locked(lock.nameOfIndex(INDEX + 1), ROW))
  entry.copy(bytes, place.from[0])
  return bytes
}

const right = found(shape.lookup, place.record, record(locked(lock.nameOfIndex(INDEX), ROW)))

/** @param {(element: Uint8Array) => Uint8Array} reply */
function ask(reply, json = byIndex, index = INDEX) {
  return lookup.byIndex(service(json, reply).questions, ABOUT, index, signer)
}

test('an index finds its record, and nothing that is sent holds it', async () => {
  const one = service(byIndex, (element) => Buffer.concat([evaluated(element), right]), 1)
  const first = new PrivateLookup(key)
  const ended = await first.byIndex(one.questions, ABOUT, INDEX, signer)
  assert.deepEqual(ended.found, { i: '77', city: '福州' })
  assert.equal(ended.ticket.status, 'DONE')
  assert.equal(one.heard.filter((part) => String(part).endsWith('/tickets')).length, 2, 'asked again while the table was locked')
  const name = Buffer.from(lock.nameOfIndex(INDEX))
  assert.equal(one.heard.some((part) => part.includes(name)), false)
  const uploads = () => one.heard.filter((part) => String(part) === '/v1/he/keys').length
  await first.byIndex(one.questions, ABOUT, INDEX, signer)
  assert.equal(uploads(), 1, 'keys travel once')
})

test('a keyword finds its record in either place, and absent ones nothing, at one size', async () => {
  const json = lookupTicketJson('KEYWORD', publicKey)
  const keyed = checked(json).lookup?.shape ?? assert.fail()
  const sizes = new Set()
  for (const [keyword, lies] of /** @type {[string, number][]} */ ([['福州', 0], ['厦门', 1], ['nobody', 2]])) {
    const places = await keyed.ofKeyword(keyword)
    assert.notEqual(places[0].record, places[1].record)
    const parts = places.map((one, choice) => {
      const bytes = Buffer.alloc(1024, locked(lock.nameOfKeyword('another'), ROW))
      if (choice === lies) {
        locked(lock.nameOfKeyword(keyword), JSON.stringify([keyword, null])).copy(bytes, 3 * 256)
      }
      return found(keyed.lookup, one.record, bytes)
    })
    const one = service(json, (element) => Buffer.concat([evaluated(element), ...parts]))
    const ended = await lookup.byKeyword(one.questions, ABOUT, keyword, signer)
    assert.deepEqual(ended.found, lies < 2 ? { i: keyword, city: null } : null)
    sizes.add(one.heard[one.heard.findIndex((part) => String(part).endsWith('/question')) + 1].length)
    assert.equal(one.heard.some((part) => part.includes(keyword)), false)
  }
  assert.equal(sizes.size, 1)
})

/** @type {[string, (element: Uint8Array) => Uint8Array][]} */
const LIES = [
  ['an evaluation under another key', (element) => Buffer.concat([evaluated(element, other), right])],
  ['an evaluation of another element', () => Buffer.concat([evaluated(voprf.blind(Uint8Array.of(1)).blinded), right])],
  ['a proof with one bit changed', (element) => {
    const reply = Buffer.concat([evaluated(element), right])
    reply[96] ^= 1
    return reply
  }],
  ['the element itself', (element) => Buffer.concat([element, evaluated(element).subarray(33), right])],
  ['an element that is none', (element) => Buffer.concat([Buffer.alloc(33), evaluated(element).subarray(33), right])],
  ['a reply one byte short', (element) => Buffer.concat([evaluated(element), right.subarray(1)])],
  ['a reply one byte longer', (element) => Buffer.concat([evaluated(element), right, Buffer.alloc(1)])],
  ['no reply', () => new Uint8Array(0)],
  ['the record beside it', (element) => Buffer.concat([evaluated(element), found(shape.lookup, place.record, record(locked(lock.nameOfIndex(INDEX + 1), ROW)))])],
  ['an entry under another key', (element) => Buffer.concat([evaluated(element), found(shape.lookup, place.record, record(locked(lock.nameOfIndex(INDEX), ROW, other.secretKey)))])],
  ['an entry with one bit changed', (element) => {
    const entry = locked(lock.nameOfIndex(INDEX), ROW)
    entry[9] ^= 1
    return Buffer.concat([evaluated(element), found(shape.lookup, place.record, record(entry))])
  }],
  ['noise in place of ciphertexts', (element) => Buffer.concat([evaluated(element), Buffer.alloc(right.length, 165)])],
  ...['[]', '["77"]', '["77",5]', '{"0":"77","1":"x"}', '["77","\ud83d', ''].map(
    (text) => /** @type {[string, (element: Uint8Array) => Uint8Array]} */ ([
      'a locked entry that is no record: ' + text,
      (element) => Buffer.concat([evaluated(element), found(shape.lookup, place.record, record(locked(lock.nameOfIndex(INDEX), text)))]),
    ]),
  ),
]
for (const [what, reply] of LIES) {
  test('refused: ' + what, async () => {
    await assert.rejects(ask(reply), ClientRefusal)
  })
}

test('a ticket of another kind, or with a key that is none, opens nothing', async () => {
  const answer = (/** @type {Uint8Array} */ element) => Buffer.concat([evaluated(element), right])
  await assert.rejects(ask(answer, lookupTicketJson('KEYWORD', publicKey)), ClientRefusal)
  await assert.rejects(ask(answer, lookupTicketJson('INDEX', Buffer.alloc(33, 2).toString('base64'))), ClientRefusal)
  await assert.rejects(ask(answer, lookupTicketJson('INDEX', Buffer.from(other.publicKey).toString('base64'))), ClientRefusal)
  await assert.rejects(ask(answer, { ...byIndex, contractId: '0c1d0c1d-0000-4000-8000-00000000000f' }), ClientRefusal)
})

test('shapes and places are those that the service computes', async () => {
  const shapes = [[1, 16, 1, 43_600], [3_000, 64, 54, 43_600], [1 << 18, 512, 437, 43_600], [1 << 20, 1_024, 874, 45_600], [LookupShape.MAX_RECORDS, 1_024, 512, 45_600]]
  for (const [records, leaves, rows, replyBytes] of shapes) {
    const one = new LookupShape(records)
    assert.deepEqual([one.leaves, one.rows, one.replyBytes], [leaves, rows, replyBytes], String(records))
  }
  const places = [[5_000, 238, 7, 397, 518], [3, 238, 7, 1, 0], [32_768, 1_006, 200, 23_370, 67_684]]
  for (const [entries, valueBytes, seed, ...records] of places) {
    const found = await new EntryShape('KEYWORD', entries, valueBytes, seed).ofKeyword('福州')
    assert.deepEqual(found.map((one) => one.record), records)
  }
})

test('what cannot be asked is not sent', async () => {
  for (const index of [-1, 5_000, 0.5, NaN]) {
    const one = service(byIndex, () => new Uint8Array(0))
    await assert.rejects(lookup.byIndex(one.questions, ABOUT, index, signer), ClientRefusal)
    assert.equal(one.heard.some((part) => String(part).endsWith('/question')), false)
  }
  const one = service(lookupTicketJson('KEYWORD', publicKey), () => new Uint8Array(0))
  for (const keyword of ['\ud83d', 'x'.repeat(70_000)]) {
    await assert.rejects(lookup.byKeyword(one.questions, ABOUT, keyword, signer), ClientRefusal)
  }
  const cells = await BuilderKey.generate(CELLS_4096)
  assert.throws(() => new PrivateLookup(cells), ClientRefusal)
  cells.close()
})
