/** Bytes that the gate refuses. Says no more than that: the sender may be hostile. */
export class WireRefusal extends Error {
  constructor() {
    super('the bytes are not what this parameter set expects')
    this.name = 'WireRefusal'
  }
}

/** Why the asker's side goes no further. Never sent anywhere; names no selection and no key. */
export class ClientRefusal extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   */
  constructor(zh, en) {
    super(en)
    this.name = 'ClientRefusal'
    this.zh = zh
    this.en = en
  }
}

/** A reply that was made with another key, for another question, or in another form. */
export function mismatch() {
  return new ClientRefusal(
    '答复与所问不符，或服务未使用其公布的密钥',
    'the reply is not to this question, or the service did not use the key it announced',
  )
}

/** @returns {never} */
export function refuse() {
  throw new WireRefusal()
}

/**
 * @param {boolean} condition
 * @returns {asserts condition}
 */
export function require(condition) {
  if (!condition) {
    refuse()
  }
}
