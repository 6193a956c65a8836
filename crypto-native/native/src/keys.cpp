#include "keys.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/rlwe.h"
#include <algorithm>
#include <cstring>

namespace weir {
namespace {

// Words of a polynomial over all key primes.
size_t key_words(const Context &context) { return context.key_primes() * context.degree(); }

void read_key_ciphertext(const Context &context, const uint64_t *in, bool seeded, seal::PublicKey &key) {
    const auto &parms = context.key_level().parms();
    size_t words = key_words(context);
    context.check_limbs(in, seeded ? 1 : 2, parms.coeff_modulus());
    auto &ciphertext = key.data();
    ciphertext.resize(context.seal(), context.key_level().parms_id(), 2);
    ciphertext.is_ntt_form() = true;
    std::copy_n(in, seeded ? words : 2 * words, ciphertext.data());
    if (seeded) {
        expand_seed(in + words, parms, ciphertext.data(1));
    }
}

// One element of a switching key: an encryption of zero plus the new key in its own prime.
void switch_key(
    const SecretKeyObject &secret, const uint64_t *new_key, size_t prime, uint64_t *out) {
    const Context &context = *secret.context;
    const auto &primes = context.key_level().parms().coeff_modulus();
    size_t degree = context.degree();
    seal::Ciphertext zero;
    seal::util::encrypt_zero_symmetric(
        secret.key, context.seal(), context.key_level().parms_id(), true, true, zero);
    uint64_t factor = primes.back().value() % primes[prime].value();
    std::vector<uint64_t> scaled(degree);
    seal::util::multiply_poly_scalar_coeffmod(
        new_key + prime * degree, degree, factor, primes[prime], scaled.data());
    uint64_t *target = zero.data() + prime * degree;
    seal::util::add_poly_coeffmod(target, scaled.data(), degree, primes[prime], target);
    std::copy_n(zero.data(), key_words(context), out);
    take_seed(zero, out + key_words(context));
    seal::util::seal_memzero(scaled.data(), degree * sizeof(uint64_t));
}

} // namespace

void take_seed(const seal::Ciphertext &seeded, uint64_t *seed) {
    // A marker word, then SEAL's header (16 bytes), the generator's type and the seed.
    constexpr size_t header = 16;
    const auto *bytes = reinterpret_cast<const uint8_t *>(seeded.data(1) + 1);
    require(seeded.data(1)[0] == UINT64_MAX, Code::internal);
    require(bytes[header] == static_cast<uint8_t>(seal::prng_type::blake2xb), Code::internal);
    std::memcpy(seed, bytes + header + 1, seal::prng_seed_byte_count);
}

void expand_seed(const uint64_t *seed, const seal::EncryptionParameters &parms, uint64_t *out) {
    seal::prng_seed_type words;
    std::copy_n(seed, seed_words, words.begin());
    seal::util::sample_poly_uniform(std::make_shared<seal::Blake2xbPRNG>(words), parms, out);
}

std::shared_ptr<SecretKeyObject> make_secret_key(std::shared_ptr<Context> context) {
    seal::KeyGenerator generator(context->seal());
    return std::make_shared<SecretKeyObject>(SecretKeyObject{context, generator.secret_key()});
}

void write_secret_key(const SecretKeyObject &secret, Bytes limbs) {
    size_t words = key_words(*secret.context);
    std::copy_n(secret.key.data().data(), words, limbs.exactly<uint64_t>(words));
}

std::shared_ptr<SecretKeyObject> read_secret_key(std::shared_ptr<Context> context, Bytes limbs) {
    size_t words = key_words(*context);
    const uint64_t *in = limbs.exactly<uint64_t>(words);
    context->check_limbs(in, 1, context->key_level().parms().coeff_modulus());
    auto secret = std::make_shared<SecretKeyObject>();
    secret->context = context;
    auto &plain = secret->key.data();
    plain.resize(words);
    std::copy_n(in, words, plain.data());
    plain.parms_id() = context->key_level().parms_id();
    return secret;
}

void make_public_key(const SecretKeyObject &secret, Bytes out) {
    const Context &context = *secret.context;
    size_t words = key_words(context);
    uint64_t *target = out.exactly<uint64_t>(words + seed_words);
    seal::Ciphertext zero;
    seal::util::encrypt_zero_symmetric(
        secret.key, context.seal(), context.key_level().parms_id(), true, true, zero);
    std::copy_n(zero.data(), words, target);
    take_seed(zero, target + words);
}

std::shared_ptr<PublicKeyObject> read_public_key(std::shared_ptr<Context> context, Bytes in) {
    size_t words = key_words(*context);
    bool seeded = in.size != 2 * words * sizeof(uint64_t);
    const uint64_t *source = in.exactly<uint64_t>(seeded ? words + seed_words : 2 * words);
    auto result = std::make_shared<PublicKeyObject>();
    result->context = context;
    read_key_ciphertext(*context, source, seeded, result->key);
    return result;
}

void make_galois_keys(const SecretKeyObject &secret, const std::vector<uint32_t> &elements, Bytes out) {
    const Context &context = *secret.context;
    size_t each = key_words(context) + seed_words;
    uint64_t *target = out.exactly<uint64_t>(elements.size() * context.data_primes() * each);
    std::vector<uint64_t> rotated(key_words(context));
    for (uint32_t element : elements) {
        require((element & 1) == 1 && element < 2 * context.degree(), Code::out_of_range);
        for (size_t prime = 0; prime < context.key_primes(); prime++) {
            context.key_level().galois_tool()->apply_galois_ntt(
                secret.key.data().data() + prime * context.degree(), element,
                seal::util::CoeffIter(rotated.data() + prime * context.degree()));
        }
        for (size_t prime = 0; prime < context.data_primes(); prime++, target += each) {
            switch_key(secret, rotated.data(), prime, target);
        }
    }
    seal::util::seal_memzero(rotated.data(), rotated.size() * sizeof(uint64_t));
}

std::shared_ptr<GaloisKeysObject> read_galois_keys(
    std::shared_ptr<Context> context, const std::vector<uint32_t> &elements, Bytes in) {
    size_t words = key_words(*context);
    size_t count = elements.size() * context->data_primes();
    require(count > 0, Code::bad_buffer);
    bool seeded = in.size != count * 2 * words * sizeof(uint64_t);
    size_t each = seeded ? words + seed_words : 2 * words;
    const uint64_t *source = in.exactly<uint64_t>(count * each);
    auto result = std::make_shared<GaloisKeysObject>();
    result->context = context;
    result->keys.parms_id() = context->key_level().parms_id();
    auto &slots = result->keys.data();
    slots.resize(context->degree());
    for (uint32_t element : elements) {
        require((element & 1) == 1 && element > 1 && element < 2 * context->degree(), Code::out_of_range);
        auto &slot = slots[seal::GaloisKeys::get_index(element)];
        require(slot.empty(), Code::out_of_range);
        slot.resize(context->data_primes());
        for (auto &key : slot) {
            read_key_ciphertext(*context, source, seeded, key);
            source += each;
        }
    }
    return result;
}

} // namespace weir
