/**
 * The only module that touches node-seal. Its handles are native memory and are deleted here; its
 * loaders read nothing but what `seal-form.js` wrote; what it saves passes the gate before it is used.
 */
import { initialize } from 'node-seal'
import * as gate from './gate.js'
import { ClientRefusal } from './refusal.js'
import { LOOKUP_4096 } from './sets.js'
import { ciphertextBytes, parametersBytes, plaintextBytes, secretKeyBytes } from './seal-form.js'

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */
/** @typedef {import('node-seal').MainModule} MainModule */

/** @type {Promise<MainModule> | undefined} */
let loading

/** One parameter set ready for work. */
export class Seal {
  #module
  /** @type {import('node-seal').SEALContext} */
  #context
  #set

  /**
   * @param {MainModule} module
   * @param {ParameterSet} set
   */
  constructor(module, set) {
    this.#module = module
    this.#set = set
    const parms = new module.EncryptionParameters(module.SchemeType.bfv)
    parms.loadFromArray(parametersBytes(set))
    this.#context = new module.SEALContext(parms, true, module.SecLevelType.tc128)
    parms.delete()
    const ids = [this.#context.keyParmsId(), this.#context.firstParmsId()]
    const names = ids.map(hex)
    ids.forEach((id) => id.delete())
    if (!this.#context.parametersSet() || names[0] !== set.id || names[1] !== set.levelIds[0]) {
      this.#context.delete()
      throw new ClientRefusal('node-seal 与参数集不符', 'node-seal names ' + set.label + ' differently')
    }
  }

  /**
   * Loads WebAssembly at first use.
   *
   * @param {ParameterSet} set
   * @param {import('node-seal').InitializeOptions} [options] `locateFile` where a bundler moved the .wasm
   */
  static async open(set, options) {
    loading ??= initialize(options)
    return new Seal(await loading, set)
  }

  get set() {
    return this.#set
  }

  /** @returns {SealKey} */
  generate() {
    const generator = new this.#module.KeyGenerator(this.#context)
    try {
      return new SealKey(this.#module, this.#context, this.#set, generator.secretKey())
    } finally {
      generator.delete()
    }
  }

  /**
   * @param {BigUint64Array} limbs past the gate
   * @returns {SealKey}
   */
  restore(limbs) {
    const secret = new this.#module.SecretKey()
    const bytes = secretKeyBytes(this.#set, limbs)
    secret.loadFromArray(this.#context, bytes)
    bytes.fill(0)
    return new SealKey(this.#module, this.#context, this.#set, secret)
  }

  /** Keys of it are closed first. */
  close() {
    this.#context.delete()
  }
}

/** Encrypts and decrypts for its holder. Whatever it decrypts stays with the holder. */
class SealKey {
  #module
  #context
  #set
  #secret
  #encryptor
  #decryptor

  /**
   * @param {MainModule} module
   * @param {import('node-seal').SEALContext} context
   * @param {ParameterSet} set
   * @param {import('node-seal').SecretKey} secret owned from here on
   */
  constructor(module, context, set, secret) {
    this.#module = module
    this.#context = context
    this.#set = set
    this.#secret = secret
    const generator = new module.KeyGenerator(context, secret)
    const unused = generator.createPublicKey() // the constructor below wants one
    this.#encryptor = new module.Encryptor(context, unused, secret)
    this.#decryptor = new module.Decryptor(context, secret)
    unused.delete()
    generator.delete()
  }

  /**
   * A symmetric encryption; half as long as others because c1 travels as its seed.
   *
   * @param {BigUint64Array} coefficients `[degree]` below the plain modulus; secret
   * @returns {Uint8Array} in SEAL's form, compressed with zlib
   */
  encrypt(coefficients) {
    const plain = new this.#module.Plaintext()
    const bytes = plaintextBytes(coefficients)
    try {
      plain.loadFromArray(this.#context, bytes)
      const made = this.#encryptor.encryptSymmetricSerializable(plain)
      const saved = Uint8Array.from(made.saveToArray(this.#module.ComprModeType.zlib))
      made.delete()
      return saved
    } finally {
      bytes.fill(0)
      plain.setZero()
      plain.delete()
    }
  }

  /**
   * @param {BigUint64Array} limbs c0 and c1, each below its prime
   * @returns {BigUint64Array} `[degree]`; wrong, and no sign of it, when the noise is too large
   */
  decrypt(limbs) {
    gate.checkBounds(limbs, this.#set.dataPrimes, this.#set.degree)
    const ciphertext = new this.#module.Ciphertext()
    const plain = new this.#module.Plaintext()
    try {
      ciphertext.loadFromArray(this.#context, ciphertextBytes(this.#set, limbs))
      this.#decryptor.decrypt(ciphertext, plain)
      return gate.plaintext(this.#set, Uint8Array.from(plain.saveToArray(this.#module.ComprModeType.none)))
    } finally {
      plain.setZero()
      plain.delete()
      ciphertext.delete()
    }
  }

  /**
   * Seeded Galois keys. node-seal names their elements by rotations, which it refuses where there are
   * no slots; keys follow from the primes, which the set with slots shares.
   *
   * @param {readonly number[]} elements
   */
  galoisKeys(elements) {
    const limbs = this.revealLimbs()
    const slotted = new Seal(this.#module, LOOKUP_4096)
    const key = slotted.restore(limbs)
    limbs.fill(0n)
    try {
      return key.rotationKeys(elements)
    } finally {
      key.close()
      slotted.close()
    }
  }

  /** @param {readonly number[]} elements */
  rotationKeys(elements) {
    const generator = new this.#module.KeyGenerator(this.#context, this.#secret)
    try {
      const steps = Int32Array.from(elements, (element) => rotation(element, 2 * this.#set.degree))
      const made = generator.createGaloisKeysSerializableWithSteps(steps)
      const bytes = Uint8Array.from(made.saveToArray(this.#module.ComprModeType.none))
      made.delete()
      return gate.galoisKeys(this.#set, bytes, elements.length)
    } finally {
      generator.delete()
    }
  }

  /** The key itself, `[primes][degree]` in NTT form; the caller erases it. */
  revealLimbs() {
    const bytes = Uint8Array.from(this.#secret.saveToArray(this.#module.ComprModeType.none))
    try {
      return gate.secretKey(this.#set, bytes)
    } finally {
      bytes.fill(0)
    }
  }

  close() {
    this.#decryptor.delete()
    this.#encryptor.delete()
    this.#secret.delete() // SEAL zeroes it
  }
}

/**
 * The rotation whose element it is: a power of 3.
 *
 * @param {number} element
 * @param {number} order of the roots of unity
 */
function rotation(element, order) {
  let step = 1
  for (let power = 3; power !== element; power = (power * 3) % order) {
    step++
  }
  return step
}

/** @param {import('node-seal').ParmsIdType} id */
function hex(id) {
  const words = Array.from(id.values(), BigInt)
  return words.map((word) => bytesOf(word)).join('')
}

/** @param {bigint} word little-endian, as the id's bytes are */
function bytesOf(word) {
  const big = BigInt.asUintN(64, word).toString(16).padStart(16, '0')
  return (big.match(/../g) ?? []).reverse().join('')
}
