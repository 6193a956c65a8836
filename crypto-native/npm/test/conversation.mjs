// The page's side of a test, one JSON value a line on standard input and output:
//   conversation.mjs library  a ticket with what to select comes in, the question goes out; the reply comes in, sums go out
//   conversation.mjs service  address, token, signing key and what to ask come in, sums go out
// The secret key stays in this process, but for the file that `library` shows to try it elsewhere.
import { createInterface } from 'node:readline'
import { BuilderKey, CELLS_4096, FewCells, HiddenSums, HttpQuestions, Selection, generateSigningKey, importSigningKey, ticket, webCryptoSigner } from '../src/index.js'

const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async () => JSON.parse((await input.next()).value)
const say = (value) => process.stdout.write(JSON.stringify(value) + '\n')

const key = await BuilderKey.generate(CELLS_4096)
const sums = new HiddenSums(key)
const select = (one, { where, weighted }) =>
  weighted ? Selection.weighted(one, weighted) : Selection.where(one, where)

if (process.argv[2] === 'library') {
  const asked = await next()
  const { privateKey, publicKey } = await generateSigningKey()
  const one = ticket(asked.ticket)
  const question = await sums.question(one, select(one, asked), webCryptoSigner(privateKey, 'page'))
  say({ publicKey, keyFile: key.revealFile(), question: Buffer.from(question).toString('base64') })
  const { reply } = await next()
  say(sums.open(one, Buffer.from(reply, 'base64')))
} else {
  const asked = await next()
  const signer = webCryptoSigner(await importSigningKey(asked.signingKey), asked.keyId)
  const service = new HttpQuestions(asked.base, () => asked.token)
  const ended = await sums.ask(service, asked.about, (one) => select(one, asked), signer)
  const few = await new FewCells(key).ask(service, asked.about, (one) => select(one, { where: asked.few }), signer)
  say({ status: ended.ticket.status, problem: ended.ticket.problem, sums: ended.sums, few: few.sums })
}
key.close()
process.exit(0)
