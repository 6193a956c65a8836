#include "ciphertexts.h"
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/rlwe.h"
#include "seal/util/scalingvariant.h"
#include <algorithm>

namespace weir {
namespace {

seal::Plaintext plaintext(const Context &context, const uint64_t *coefficients) {
    uint64_t bound = context.plain_modulus();
    bool below = true;
    for (size_t i = 0; i < context.degree(); i++) {
        below &= coefficients[i] < bound;
    }
    require(below, Code::out_of_range);
    seal::Plaintext plain(context.degree());
    std::copy_n(coefficients, context.degree(), plain.data());
    return plain;
}

void add_scaled(const Context &context, const seal::Plaintext &plain, uint64_t *c0) {
    seal::util::multiply_add_plain_with_scaling_variant(
        plain, context.level(0), seal::util::RNSIter(c0, context.degree()));
}

void copy_out(const seal::Plaintext &plain, size_t degree, uint64_t *out) {
    size_t count = std::min(degree, plain.coeff_count());
    std::copy_n(plain.data(), count, out);
    std::fill(out + count, out + degree, 0);
}

} // namespace

Ciphertexts::Ciphertexts(std::shared_ptr<Context> context, size_t primes_dropped, size_t count)
    : context_(std::move(context)), primes_dropped_(primes_dropped), items_(count) {
    const auto &id = context_->level(primes_dropped).parms_id();
    for (auto &item : items_) {
        item.resize(context_->seal(), id, 2);
    }
}

void Ciphertexts::write(Bytes limbs) const {
    uint64_t *out = limbs.exactly<uint64_t>(count() * words());
    for (const auto &item : items_) {
        require(!item.is_ntt_form() && item.size() == 2, Code::internal);
        out = std::copy_n(item.data(), words(), out);
    }
}

std::shared_ptr<Ciphertexts> read_ciphertexts(
    std::shared_ptr<Context> context, size_t primes_dropped, Bytes limbs) {
    const auto &primes = context->primes(primes_dropped);
    size_t each = 2 * primes.size() * context->degree();
    size_t count = limbs.records<uint64_t>(each);
    const uint64_t *in = limbs.exactly<uint64_t>(count * each);
    context->check_limbs(in, 2 * count, primes);
    auto result = std::make_shared<Ciphertexts>(context, primes_dropped, count);
    for (size_t i = 0; i < count; i++) {
        std::copy_n(in + i * each, each, result->at(i).data());
    }
    return result;
}

std::shared_ptr<Ciphertexts> read_seeded(std::shared_ptr<Context> context, Bytes limbs) {
    const auto &parms = context->level(0).parms();
    size_t words = parms.coeff_modulus().size() * context->degree();
    size_t each = words + seed_words;
    size_t count = limbs.records<uint64_t>(each);
    const uint64_t *in = limbs.exactly<uint64_t>(count * each);
    auto result = std::make_shared<Ciphertexts>(context, 0, count);
    for (size_t i = 0; i < count; i++, in += each) {
        context->check_limbs(in, 1, parms.coeff_modulus());
        std::copy_n(in, words, result->at(i).data());
        expand_seed(in + words, parms, result->at(i).data(1));
    }
    return result;
}

void encrypt_symmetric(const SecretKeyObject &secret, Bytes plain, Bytes out) {
    const Context &context = *secret.context;
    size_t words = context.data_primes() * context.degree();
    size_t count = plain.records<uint64_t>(context.degree());
    const uint64_t *in = plain.exactly<uint64_t>(count * context.degree());
    uint64_t *target = out.exactly<uint64_t>(count * (words + seed_words));
    for (size_t i = 0; i < count; i++, in += context.degree(), target += words + seed_words) {
        auto message = plaintext(context, in);
        seal::Ciphertext encrypted;
        seal::util::encrypt_zero_symmetric(
            secret.key, context.seal(), context.level(0).parms_id(), false, true, encrypted);
        take_seed(encrypted, target + words);
        add_scaled(context, message, encrypted.data());
        std::copy_n(encrypted.data(), words, target);
    }
}

void encrypt_public(const PublicKeyObject &key, Bytes plain, Bytes out) {
    const Context &context = *key.context;
    size_t words = 2 * context.data_primes() * context.degree();
    size_t count = plain.records<uint64_t>(context.degree());
    const uint64_t *in = plain.exactly<uint64_t>(count * context.degree());
    uint64_t *target = out.exactly<uint64_t>(count * words);
    seal::Encryptor encryptor(context.seal(), key.key);
    for (size_t i = 0; i < count; i++, in += context.degree(), target += words) {
        seal::Ciphertext encrypted;
        encryptor.encrypt(plaintext(context, in), encrypted);
        std::copy_n(encrypted.data(), words, target);
    }
}

void decrypt(const SecretKeyObject &secret, const Ciphertexts &ciphertexts, Bytes plain) {
    require(secret.context == ciphertexts.context(), Code::wrong_parameters);
    const Context &context = *secret.context;
    uint64_t *out = plain.exactly<uint64_t>(ciphertexts.count() * context.degree());
    seal::Decryptor decryptor(context.seal(), secret.key);
    for (size_t i = 0; i < ciphertexts.count(); i++, out += context.degree()) {
        seal::Plaintext message;
        decryptor.decrypt(ciphertexts.at(i), message);
        copy_out(message, context.degree(), out);
    }
}

void encode_slots(const Context &context, Bytes values, Bytes plain) {
    size_t degree = context.degree();
    size_t count = values.records<uint64_t>(degree);
    const uint64_t *in = values.exactly<uint64_t>(count * degree);
    uint64_t *out = plain.exactly<uint64_t>(count * degree);
    seal::BatchEncoder encoder(context.seal());
    for (size_t i = 0; i < count; i++, in += degree, out += degree) {
        plaintext(context, in); // the bounds
        seal::Plaintext message;
        encoder.encode(std::vector<uint64_t>(in, in + degree), message);
        copy_out(message, degree, out);
    }
}

void decode_slots(const Context &context, Bytes plain, Bytes values) {
    size_t degree = context.degree();
    size_t count = plain.records<uint64_t>(degree);
    const uint64_t *in = plain.exactly<uint64_t>(count * degree);
    uint64_t *out = values.exactly<uint64_t>(count * degree);
    seal::BatchEncoder encoder(context.seal());
    std::vector<uint64_t> slots;
    for (size_t i = 0; i < count; i++, in += degree, out += degree) {
        encoder.decode(plaintext(context, in), slots);
        std::copy_n(slots.begin(), degree, out);
    }
}

void add_to(Ciphertexts &sum, const Ciphertexts &more) {
    require(
        sum.context() == more.context() && sum.primes_dropped() == more.primes_dropped(),
        Code::wrong_parameters);
    require(sum.count() == more.count(), Code::out_of_range);
    const Context &context = *sum.context();
    const auto &primes = context.primes(sum.primes_dropped());
    for (size_t i = 0; i < sum.count(); i++) {
        uint64_t *left = sum.at(i).data();
        const uint64_t *right = more.at(i).data();
        for (size_t poly = 0; poly < 2; poly++) {
            for (const auto &prime : primes) {
                seal::util::add_poly_coeffmod(left, right, context.degree(), prime, left);
                left += context.degree();
                right += context.degree();
            }
        }
    }
}

std::shared_ptr<Ciphertexts> switch_modulus(const Ciphertexts &from, size_t primes_dropped) {
    require(primes_dropped >= from.primes_dropped(), Code::out_of_range);
    auto result = std::make_shared<Ciphertexts>(from.context(), primes_dropped, from.count());
    const auto &id = from.context()->level(primes_dropped).parms_id();
    auto pool = seal::MemoryPoolHandle::New();
    for (size_t i = 0; i < from.count(); i++) {
        seal::Ciphertext item = from.at(i);
        from.context()->evaluator().mod_switch_to_inplace(item, id, pool);
        std::copy_n(item.data(), result->words(), result->at(i).data());
    }
    return result;
}

} // namespace weir
