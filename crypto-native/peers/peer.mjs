// One conversation with node-seal 7 through files: peer.mjs DIRECTORY COMPRESSION MODULE. Reads what
// Weir wrote into DIRECTORY, and writes what SEAL made of it and objects of its own. Slots go into
// .slots files, one decimal number a line.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [directory, compression, module] = process.argv.slice(2)
const { initialize } = await import(pathToFileURL(module).href)
const seal = await initialize()
const mode = seal.ComprModeType[compression]

const read = (name) => new Uint8Array(readFileSync(join(directory, name)))
const write = (name, object) => writeFileSync(join(directory, name), object.saveToArray(mode))

const parms = new seal.EncryptionParameters(seal.SchemeType.bfv)
parms.loadFromArray(read('parameters.seal'))
const context = new seal.SEALContext(parms, true, seal.SecLevelType.tc128)
const encoder = new seal.BatchEncoder(context)
const message = new seal.Plaintext()
encoder.encode(BigUint64Array.from({ length: encoder.slotCount() }, (_, i) => BigInt((7 * i + 3) % 65537)), message)

function loaded(Type, name) {
  const object = new Type()
  object.loadFromArray(context, read(name))
  return object
}

function writeSlots(name, decryptor, ciphertext) {
  const plain = new seal.Plaintext()
  decryptor.decrypt(ciphertext, plain)
  writeFileSync(join(directory, name), Array.from(encoder.decodeBigUint64(plain)).join('\n'))
}

// What Weir wrote.
const secret = loaded(seal.SecretKey, 'secret.seal')
const decryptor = new seal.Decryptor(context, secret)
const ciphertext = loaded(seal.Ciphertext, 'ciphertext.seal')
writeSlots('ciphertext.slots', decryptor, ciphertext)
writeSlots('seeded.slots', decryptor, loaded(seal.Ciphertext, 'seeded.seal'))
const rotated = new seal.Ciphertext()
new seal.Evaluator(context).rotateColumns(ciphertext, loaded(seal.GaloisKeys, 'galois.seal'), rotated)
writeSlots('columns.slots', decryptor, rotated)
write('for-weir.seal', new seal.Encryptor(context, loaded(seal.PublicKey, 'public.seal')).encryptSerializable(message))

// What SEAL writes.
const generator = new seal.KeyGenerator(context)
const key = generator.createPublicKey()
const encryptor = new seal.Encryptor(context, key, generator.secretKey())
const symmetric = new seal.Ciphertext()
encryptor.encryptSymmetric(message, symmetric)
write('own-parameters.seal', parms)
write('own-secret.seal', generator.secretKey())
write('own-public.seal', key)
write('own-public-seeded.seal', generator.createPublicKeySerializable())
write('own-galois.seal', generator.createGaloisKeys())
write('own-galois-seeded.seal', generator.createGaloisKeysSerializable())
write('own-ciphertext.seal', encryptor.encryptSerializable(message))
write('own-symmetric.seal', symmetric)
write('own-seeded.seal', encryptor.encryptSymmetricSerializable(message))
