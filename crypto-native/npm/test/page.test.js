/** The package against a service that listens, and one that lies. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { BuilderKey, CELLS_4096, ClientRefusal, HiddenSums, HttpQuestions, LOOKUP_4096, Selection, ServiceProblem, WireRefusal, gate, generateSigningKey, webCryptoSigner } from '../src/index.js'
import { sums } from '../src/reply.js'
import { ticket, ticketJson } from './samples.js'

/** @type {BuilderKey} */
let key
/** @type {import('../src/index.js').HiddenSums} */
let hidden
/** @type {import('node:http').Server} */
let server
/** @type {Buffer[]} what the service was sent, whole requests */
const heard = []
let reply = Buffer.alloc(ticket().replyBytes)
let answer = ticketJson()

before(async () => {
  key = await BuilderKey.generate(CELLS_4096)
  hidden = new HiddenSums(key)
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    heard.push(Buffer.from(request.url + JSON.stringify(request.headers)), body)
    if (request.url?.endsWith('/reply')) {
      response.end(reply)
    } else if (request.url?.endsWith('/question')) {
      response.writeHead(202).end(JSON.stringify({ ...answer, status: 'DONE' }))
    } else if (JSON.parse(String(body)).purpose === 'curiosity') {
      response.writeHead(403).end(JSON.stringify({ type: 'urn:weir:problem:policy-refused', detail: 'not this purpose' }))
    } else {
      response.end(JSON.stringify(answer))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

after(() => {
  key.close()
  server.close()
})

/** @param {string} [purpose] */
async function ask(purpose = 'research') {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const service = new HttpQuestions(`http://127.0.0.1:${port}`, () => 'token')
  const about = { contractId: ticketJson().contractId, productId: ticketJson().productId, purpose }
  const { privateKey } = await generateSigningKey()
  return hidden.ask(service, about, (one) => Selection.where(one, { city: ['b'] }), webCryptoSigner(privateKey, 'k'))
}

/** Whether 16 bytes of the key, looked for every half kilobyte, are in what was said. */
function shares(/** @type {Uint8Array} */ held, /** @type {Buffer} */ said) {
  for (let at = 0; at + 16 <= held.length; at += 512) {
    if (said.includes(held.subarray(at, at + 16))) {
      return true
    }
  }
  return false
}

test('nothing that is sent holds a piece of the secret key, or the selection', async () => {
  const { ticket: ended, sums: opened } = await ask()
  assert.equal(ended.status, 'DONE')
  assert.deepEqual(Object.keys(opened ?? {}), ['count', 'amount'])
  const stored = JSON.parse(key.revealFile())
  const secret = gate.secretKey(CELLS_4096, Buffer.from(stored.secretKey, 'base64'))
  const bytes = new Uint8Array(secret.buffer)
  assert.ok(heard.some((part) => part.length > 40_000))
  assert.equal(heard.some((part) => shares(bytes, part)), false)
  assert.equal(heard.some((part) => part.includes('Selection') || part.includes('city')), false)
  // The planted bug, a page that sends its key along, is found.
  const planted = Buffer.concat([heard[0], Buffer.from(bytes.subarray(8_192, 8_800))])
  assert.ok(shares(bytes, planted))
})

test('questions have one length but for what compression saves of noise, whatever they select', async () => {
  const { privateKey } = await generateSigningKey()
  const signer = webCryptoSigner(privateKey, 'k')
  const lengths = []
  for (const wanted of [{}, { city: ['a'] }, { city: [], kind: [] }]) {
    lengths.push((await hidden.question(ticket(), Selection.where(ticket(), wanted), signer)).length)
  }
  assert.ok(Math.max(...lengths) - Math.min(...lengths) < 400, String(lengths))
})

test('a reply of another length is refused, and any of the right length opens to numbers', async () => {
  const right = reply
  for (const length of [0, right.length - 1, right.length + 1, 10 * right.length]) {
    reply = Buffer.alloc(length)
    await assert.rejects(ask(), ClientRefusal)
  }
  reply = Buffer.alloc(right.length, 255)
  const { sums: wrong } = await ask()
  assert.match(wrong?.amount ?? '', /^-?\d+\.\d\d$/)
  reply = right
})

test('a service that answers with something else is refused, a problem is told', async () => {
  const asked = answer
  answer = ticketJson({ contractId: '0c1d0c1d-0000-4000-8000-00000000000f' })
  await assert.rejects(ask(), ClientRefusal)
  answer = ticketJson({ replyBytes: 5 })
  await assert.rejects(ask(), ClientRefusal)
  answer = asked
  await assert.rejects(ask('curiosity'), (fault) => fault instanceof ServiceProblem && fault.status === 403 && fault.type.endsWith('policy-refused'))
})

test('a key comes back from its file, and a damaged file is refused', async () => {
  const text = key.revealFile()
  const again = await BuilderKey.restore(text)
  const coefficients = new BigUint64Array(4096)
  coefficients[4095] = CELLS_4096.plainModulus - 7n
  const { seeded } = gate.ciphertext(CELLS_4096, again.encrypt(coefficients))
  assert.ok(seeded)
  assert.equal(again.id, key.id)
  assert.equal(JSON.stringify({ again }), '{"again":"BuilderKey[cells-4096-v1]"}')
  again.close()
  const stored = JSON.parse(text)
  const damaged = ['', '{}', 'null', text.replace('cells-4096', 'lookup-4096'), text.replace('XqEQ', 'XqER'),
    JSON.stringify({ ...stored, secretKey: '*' }), JSON.stringify({ ...stored, v: 2 }), JSON.stringify({ ...stored, keyId: 'x' })]
  for (const one of damaged) {
    await assert.rejects(BuilderKey.restore(one), ClientRefusal, one.slice(0, 80))
  }
})

test('a key of another set asks nothing, weights beyond the limbs ask nothing', async () => {
  const { privateKey } = await generateSigningKey()
  const signer = webCryptoSigner(privateKey, 'k')
  const heavy = Selection.weighted(ticket(), [{ values: ['a', 'x'], weight: 2 ** 20 }, { values: ['a', 'y'], weight: -1 }])
  await assert.rejects(hidden.question(ticket(), heavy, signer), ClientRefusal)
  const other = await BuilderKey.generate(LOOKUP_4096)
  await assert.rejects(new HiddenSums(other).question(ticket(), Selection.where(ticket(), {}), signer), ClientRefusal)
  other.close()
  const outside = new BigUint64Array(4 * 4096)
  outside[0] = CELLS_4096.primes[0]
  assert.throws(() => key.decrypt(outside), WireRefusal)
  assert.throws(() => sums(key, ticket().layout, Buffer.alloc(3)), ClientRefusal)
})
