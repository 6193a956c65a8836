"""One conversation with the real SEAL 4.4 through files: peer.py DIRECTORY COMPRESSION.

Reads what Weir wrote into DIRECTORY, and writes what SEAL made of it and objects of its own. Plaintexts
go into .coefficients files, one decimal number a line.
"""
import pathlib
import sys

import seal

directory = pathlib.Path(sys.argv[1])
mode = getattr(seal.compr_mode_type, sys.argv[2])


def path(name):
    return str(directory / name)


def write_coefficients(name, plain):
    coefficients = [0] * degree
    for term in plain.to_string().split(" + "):
        value, _, power = term.partition("x^")
        coefficients[int(power or 0)] = int(value, 16)
    (directory / name).write_text("\n".join(map(str, coefficients)))


def read_plaintext(name):
    values = (directory / name).read_text().split()
    terms = [f"{int(value):X}" + (f"x^{power}" if power else "") for power, value in enumerate(values)]
    return seal.Plaintext(" + ".join(reversed(terms)))


parms = seal.EncryptionParameters(seal.scheme_type.bfv)
parms.load(path("parameters.seal"))
context = seal.SEALContext(parms)
degree = parms.poly_modulus_degree()
message = read_plaintext("message.coefficients")

# What Weir wrote.
secret = seal.SecretKey()
secret.load(context, path("secret.seal"))
decryptor = seal.Decryptor(context, secret)
for name in ("ciphertext", "seeded"):
    ciphertext = seal.Ciphertext()
    ciphertext.load(context, path(name + ".seal"))
    write_coefficients(name + ".coefficients", decryptor.decrypt(ciphertext))
galois = seal.GaloisKeys()
galois.load(context, path("galois.seal"))
evaluator = seal.Evaluator(context)
write_coefficients("columns.coefficients", decryptor.decrypt(evaluator.rotate_columns(ciphertext, galois)))
public = seal.PublicKey()
public.load(context, path("public.seal"))
seal.Encryptor(context, public).encrypt(message).save(path("for-weir.seal"), mode)

# What SEAL writes.
generator = seal.KeyGenerator(context)
parms.save(path("own-parameters.seal"), mode)
generator.secret_key().save(path("own-secret.seal"))
generator.create_public_key().save(path("own-public.seal"))
generator.create_galois_keys().save(path("own-galois.seal"))
encryptor = seal.Encryptor(context, generator.create_public_key(), generator.secret_key())
encryptor.encrypt(message).save(path("own-ciphertext.seal"), mode)
encryptor.encrypt_symmetric(message).save(path("own-symmetric.seal"), mode)
