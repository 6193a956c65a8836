import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonical, signed } from '../src/question.js'
import { ClientRefusal } from '../src/refusal.js'
import { Selection } from '../src/selection.js'
import { generateSigningKey, webCryptoSigner } from '../src/signing.js'
import { ticket as checked } from '../src/ticket.js'
import { lookupTicketJson, ticket, ticketJson } from './samples.js'

const DATA = process.env.WEIR_DATA ?? ''
const absent = existsSync(DATA) ? false : 'third-party vectors are not here: name their directory in WEIR_DATA'

test('canonical bytes are those of the RFC 8785 vectors', { skip: absent }, () => {
  const folder = join(DATA, 'json-canonicalization-rfc8785')
  const names = readdirSync(join(folder, 'input'))
  assert.equal(names.length, 4)
  for (const name of names) {
    const value = JSON.parse(readFileSync(join(folder, 'input', name), 'utf8'))
    assert.equal(new TextDecoder().decode(canonical(value)), readFileSync(join(folder, 'output', name), 'utf8'), name)
  }
})

test('hostile JSON is no ticket, and neither is one with a hostile part', { skip: absent }, () => {
  const folder = join(DATA, 'hostile-json')
  let read = 0
  for (const name of readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.json'))) {
    let value
    try {
      value = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    } catch {
      continue // the page's own parser refused
    }
    read++
    assert.throws(() => checked(value), ClientRefusal, name)
    const lookup = lookupTicketJson('INDEX')
    const changes = [
      ...Object.keys(ticketJson()).map((part) => ticketJson({ [part]: value })),
      ...Object.keys(lookup).map((part) => ({ ...lookup, [part]: value })),
      ...Object.keys(lookup.lookup).map((part) => ({ ...lookup, lookup: { ...lookup.lookup, [part]: value } })),
    ]
    for (const changed of changes) {
      try {
        checked(changed)
      } catch (refusal) {
        assert.ok(refusal instanceof ClientRefusal, `${name}: ${refusal}`)
      }
    }
  }
  assert.ok(read > 20, `${read} files`)
})

const LIBRARIES = new Map([['seal.js', 'node-seal'], ['oprf.js', '@noble/curves/nist.js']])

test('the sources import each other, and one each its library, and name nothing that a page lacks', () => {
  const folder = new URL('../src/', import.meta.url)
  const own = readdirSync(folder).filter((name) => name.endsWith('.js'))
  assert.ok(own.length > 15)
  for (const name of own) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const imported = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1])
    assert.ok(imported.every((one) => one === LIBRARIES.get(name) || own.includes(one.replace('./', ''))), `${name}: ${imported}`)
    assert.doesNotMatch(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, ''), /\b(process|Buffer|require\('|__dirname|globalThis\.node)/, name)
    assert.ok(name === 'seal.js' || !text.includes('loadFromArray'), `${name} reaches a loader`)
  }
})

test('a ticket that contradicts itself is refused', () => {
  assert.equal(ticket().layout.terms, 1)
  const changes = [
    { cells: 7 }, { width: 3 }, { cellBits: 99 }, { ciphertexts: 2 }, { replyBytes: 1 }, { parameterSet: 'tiny' },
    { parameterSet: 'lookup-4096-v1' }, { id: '../../v1/contracts' }, { dataVersion: 2 ** 53 }, { dataVersion: '3' },
    { units: ['1e9'] }, { units: [] }, { keys: [{ column: 'city', values: ['a'] }] }, { kind: 'ONE_HOT' }, { kind: 'LOOKUP' }, { keys: [{ column: 'city', values: 'abcdef' }] }, { lookup: {} },
    { expires: 'tomorrow' }, { status: 'ANSWERED' }, { releaseLeaf: 'x' }, { problem: '<b>' },
  ]
  for (const change of changes) {
    assert.throws(() => ticket(change), ClientRefusal, JSON.stringify(change))
  }
})

test('a lookup ticket that contradicts itself is refused', () => {
  assert.equal(checked(lookupTicketJson('KEYWORD')).lookup?.shape.queries, 2)
  const asked = lookupTicketJson('INDEX')
  const { lookup } = asked
  const changes = [
    { kind: 'KEYWORD' }, { kind: 'LOOKUP' }, { kind: 'SUM' }, { cells: 3 }, { ciphertexts: 2 }, { replyBytes: 0 }, { lookup: undefined },
    { parameterSet: 'cells-4096-v1' }, { lookup: null }, { lookup: 'x' }, { lookup: [lookup] },
    ...[{ by: 'KEYWORD' }, { entries: 0 }, { entries: 2 ** 40 }, { valueBytes: 0 }, { valueBytes: 1_007 }, { seed: 256 }, { columns: [] }, { columns: [1] },
      { publicKey: 'AA==' }, { publicKey: [lookup.publicKey] }, { table: 'x'.repeat(300) }].map((one) => ({ lookup: { ...lookup, ...one } })),
  ]
  for (const change of changes) {
    assert.throws(() => checked({ ...asked, ...change }), ClientRefusal, JSON.stringify(change))
  }
})

test('what the signature covers is the ticket, the key and the ciphertexts', async () => {
  const { privateKey, publicKey } = await generateSigningKey()
  assert.equal(privateKey.extractable, false)
  const spki = Buffer.from(publicKey, 'base64')
  assert.equal(spki.length, 44)
  const body = Buffer.from(await signed(ticket(), 'ab'.repeat(32), [Uint8Array.of(1, 2, 3)], webCryptoSigner(privateKey, 'k')))
  /** @type {Buffer[]} */
  const parts = []
  for (let at = 0; at < body.length; at += 4 + parts[parts.length - 1].length) {
    parts.push(body.subarray(at + 4, at + 4 + body.readUInt32BE(at)))
  }
  assert.equal(parts.length, 5)
  const key = await crypto.subtle.importKey('spki', spki, 'Ed25519', true, ['verify'])
  const [envelope, suite, keyId, signature, ciphertext] = parts.map((part) => Uint8Array.from(part))
  assert.ok(await crypto.subtle.verify('Ed25519', key, signature, envelope))
  assert.deepEqual([String(parts[1]), String(parts[2]), [...ciphertext]], ['intl', 'k', [1, 2, 3]])
  assert.equal(suite.length + keyId.length, 5)
  const said = JSON.parse(String(parts[0]))
  assert.equal(said.ticketId, ticket().id)
  assert.equal(said.keyId, 'ab'.repeat(32))
  assert.match(said.questionSha256, /^[0-9a-f]{64}$/)
})

test('a selection is what was chosen, and shows only its size', () => {
  const one = ticket()
  const chosen = Selection.where(one, { city: ['a', 'c'] })
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((cell) => chosen.weight(cell)), [1, 1, 0, 0, 1, 1])
  const weighted = Selection.weighted(one, [{ values: ['b', 'x'], weight: 3 }, { values: ['b', 'y'], weight: -2 }])
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((cell) => weighted.weight(cell)), [0, 0, 3, -2, 0, 0])
  assert.equal(JSON.stringify({ chosen }), '{"chosen":"Selection[of 6 cells]"}')
  const secret = 'hidden-value'
  for (const wrong of [{ town: ['a'] }, { city: [secret] }]) {
    assert.throws(() => Selection.where(one, wrong), (fault) => fault instanceof ClientRefusal && !fault.message.includes(secret))
  }
  const row = { values: ['a', 'x'], weight: 1 }
  assert.throws(() => Selection.weighted(one, [row, row]), ClientRefusal)
})
