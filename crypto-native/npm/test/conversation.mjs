// The page's side of a test, one JSON value a line on standard input and output:
//   conversation.mjs library  a ticket with what to select comes in, the question goes out; the reply comes in, sums go out
//   conversation.mjs service  address, token, signing key and what to ask come in, sums go out
//   conversation.mjs lookups  tickets with what to look up come in, questions go out; replies come in, what was found goes out
//   conversation.mjs records  address, token, signing key and what to look up come in, records go out
// The secret key stays in this process, but for the file that `library` shows to try it elsewhere.
import { createInterface } from 'node:readline'
import { BuilderKey, CELLS_4096, ClientRefusal, FewCells, HiddenSums, HttpQuestions, LOOKUP_4096, PrivateLookup, Selection, generateSigningKey, importSigningKey, ticket, webCryptoSigner } from '../src/index.js'

const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async () => JSON.parse((await input.next()).value)
const say = (value) => process.stdout.write(JSON.stringify(value) + '\n')
const base64 = (bytes) => Buffer.from(bytes).toString('base64')

const select = (one, { where, weighted }) =>
  weighted ? Selection.weighted(one, weighted) : Selection.where(one, where)

/** By index, or by keyword. */
const look = (lookup, service, about, { index, keyword }, signer) =>
  keyword === undefined ? lookup.byIndex(service, about, index, signer) : lookup.byKeyword(service, about, keyword, signer)

const modes = {
  async library() {
    const key = await BuilderKey.generate(CELLS_4096)
    const sums = new HiddenSums(key)
    const asked = await next()
    const { privateKey, publicKey } = await generateSigningKey()
    const one = ticket(asked.ticket)
    const question = await sums.question(one, select(one, asked), webCryptoSigner(privateKey, 'page'))
    say({ publicKey, keyFile: key.revealFile(), question: base64(question) })
    const { reply } = await next()
    say(sums.open(one, Buffer.from(reply, 'base64')))
  },

  async service() {
    const asked = await next()
    const signer = webCryptoSigner(await importSigningKey(asked.signingKey), asked.keyId)
    const service = new HttpQuestions(asked.base, () => asked.token)
    const key = await BuilderKey.generate(CELLS_4096)
    const ended = await new HiddenSums(key).ask(service, asked.about, (one) => select(one, asked), signer)
    const few = await new FewCells(key).ask(service, asked.about, (one) => select(one, { where: asked.few }), signer)
    const lookup = new PrivateLookup(await BuilderKey.generate(LOOKUP_4096))
    const cell = await lookup.ofCell(service, asked.about, asked.cell, signer)
    say({ status: ended.ticket.status, problem: ended.ticket.problem, sums: ended.sums, few: few.sums, cell: cell.found })
  },

  async lookups() {
    const { privateKey } = await generateSigningKey()
    const lookup = new PrivateLookup(await BuilderKey.generate(LOOKUP_4096))
    let keys
    for (;;) {
      const asked = await next()
      const carrier = async (path, { body }) => {
        if (path.endsWith('/reply')) {
          return new Response(Buffer.from((await next()).reply, 'base64'))
        }
        if (path.endsWith('/keys')) {
          keys = base64(body)
        } else if (path.endsWith('/question')) {
          say({ question: base64(body), keys })
          return Response.json({ ...asked.ticket, status: 'DONE' })
        }
        return Response.json(asked.ticket)
      }
      const service = new HttpQuestions('', () => 'token', carrier)
      try {
        const { found } = await look(lookup, service, asked.ticket, asked, webCryptoSigner(privateKey, 'page'))
        say({ found })
      } catch (fault) {
        if (!(fault instanceof ClientRefusal)) {
          throw fault
        }
        say({ refused: fault.en })
      }
    }
  },

  async records() {
    const asked = await next()
    const signer = webCryptoSigner(await importSigningKey(asked.signingKey), asked.keyId)
    const service = new HttpQuestions(asked.base, () => asked.token)
    const lookup = new PrivateLookup(await BuilderKey.generate(LOOKUP_4096))
    const found = []
    for (const one of asked.wanted) {
      found.push((await look(lookup, service, asked.about, one, signer)).found)
    }
    say({ found })
  },
}

await modes[process.argv[2]]()
process.exit(0)
