// Keys: made here, or taken from limbs that the caller has checked; never from SEAL's own files.
#pragma once

#include "context.h"

namespace weir {

struct SecretKeyObject {
    std::shared_ptr<Context> context;
    seal::SecretKey key;
};

struct PublicKeyObject {
    std::shared_ptr<Context> context;
    seal::PublicKey key;
};

struct GaloisKeysObject {
    std::shared_ptr<Context> context;
    seal::GaloisKeys keys;
};

// How a seeded polynomial travels: 64 bytes of Blake2xb seed.
constexpr size_t seed_words = seal::prng_seed_uint64_count;

std::shared_ptr<SecretKeyObject> make_secret_key(std::shared_ptr<Context> context);
// limbs: [key primes][degree], NTT form.
void write_secret_key(const SecretKeyObject &secret, Bytes limbs);
std::shared_ptr<SecretKeyObject> read_secret_key(std::shared_ptr<Context> context, Bytes limbs);

// out: c0 [key primes][degree] in NTT form, then the seed of c1.
void make_public_key(const SecretKeyObject &secret, Bytes out);
// c0 and either c1 or its seed.
std::shared_ptr<PublicKeyObject> read_public_key(std::shared_ptr<Context> context, Bytes in);

// out: per element, per data prime: c0 [key primes][degree] in NTT form, then the seed of c1.
void make_galois_keys(const SecretKeyObject &secret, const std::vector<uint32_t> &elements, Bytes out);
// Per element, per data prime: c0 and either c1 or its seed.
std::shared_ptr<GaloisKeysObject> read_galois_keys(
    std::shared_ptr<Context> context, const std::vector<uint32_t> &elements, Bytes in);

// The seed that encrypt_zero_symmetric left in the place of c1.
void take_seed(const seal::Ciphertext &seeded, uint64_t *seed);
// Uniform residues, as SEAL expands them: [primes][degree].
void expand_seed(const uint64_t *seed, const seal::EncryptionParameters &parms, uint64_t *out);

} // namespace weir
