// Questions in a real browser: what to ask comes from /question.json, what came of it goes to /done.
import { BuilderKey, CELLS_4096, FewCells, HiddenSums, HttpQuestions, LOOKUP_4096, PrivateLookup, Selection, importSigningKey, webCryptoSigner } from '../src/index.js'

/** @param {Record<string, unknown>} value */
const say = (value) => fetch('/done', { method: 'POST', body: JSON.stringify(value) })

try {
  const asked = await (await fetch('/question.json')).json()
  const key = await BuilderKey.generate(CELLS_4096)
  const signer = webCryptoSigner(await importSigningKey(asked.signingKey), asked.keyId)
  const service = new HttpQuestions('', () => asked.token)
  const start = performance.now()
  const ended = await new HiddenSums(key).ask(service, asked.about, (one) => Selection.where(one, asked.where), signer)
  const few = await new FewCells(key).ask(service, asked.about, (one) => Selection.where(one, asked.few), signer)
  key.close()
  const looking = await BuilderKey.generate(LOOKUP_4096)
  const cell = await new PrivateLookup(looking).ofCell(service, asked.about, asked.cell, signer)
  looking.close()
  await say({
    status: ended.ticket.status,
    problem: ended.ticket.problem,
    sums: ended.sums,
    few: few.sums,
    cell: cell.found,
    millis: performance.now() - start,
    agent: navigator.userAgent,
  })
} catch (fault) {
  await say({ status: 'FAULT', fault: String(fault) })
}
