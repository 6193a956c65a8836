#include "context.h"
#include "randomness.h"
#include <algorithm>
#include <cstring>

namespace weir {
namespace {

constexpr size_t max_primes = 8;

seal::EncryptionParameters parameters(Bytes bytes) {
    size_t count = bytes.records<uint64_t>(1);
    const uint64_t *words = bytes.exactly<uint64_t>(count);
    require(count >= 5 && count <= 3 + max_primes && words[2] == count - 3, Code::wrong_parameters);
    require(words[0] == 4096 || words[0] == 8192, Code::wrong_parameters);
    seal::EncryptionParameters parms(seal::scheme_type::bfv);
    parms.set_poly_modulus_degree(words[0]);
    parms.set_plain_modulus(words[1]);
    std::vector<seal::Modulus> primes;
    std::transform(words + 3, words + count, std::back_inserter(primes), [](uint64_t prime) {
        return seal::Modulus(prime);
    });
    parms.set_coeff_modulus(primes);
    parms.set_random_generator(caller_randomness());
    return parms;
}

seal::SEALContext checked(const seal::EncryptionParameters &parms) {
    seal::SEALContext context(parms, true, seal::sec_level_type::tc128);
    require(context.parameters_set() && context.using_keyswitching(), Code::wrong_parameters);
    return context;
}

} // namespace

Context::Context(Bytes words)
    : seal_(checked(parameters(words))), evaluator_(seal_), transforms_(*seal_.key_context_data()),
      degree_(seal_.key_context_data()->parms().poly_modulus_degree()),
      plain_modulus_(seal_.key_context_data()->parms().plain_modulus().value()),
      data_primes_(seal_.key_context_data()->parms().coeff_modulus().size() - 1) {
    const auto &data = primes(0);
    narrow_ = std::all_of(data.begin(), data.end(), [](const auto &prime) { return prime.bit_count() <= 32; });
    require(
        std::all_of(data.begin(), data.end(), [](const auto &prime) { return prime.bit_count() <= 50; }),
        Code::wrong_parameters);
}

const seal::SEALContext::ContextData &Context::level(size_t primes_dropped) const {
    auto data = seal_.first_context_data();
    for (size_t i = 0; i < primes_dropped && data; i++) {
        data = data->next_context_data();
    }
    require(data != nullptr, Code::out_of_range);
    return *data; // owned by seal_
}

void Context::check_limbs(
    const uint64_t *limbs, size_t polynomials, const std::vector<seal::Modulus> &primes) const {
    for (size_t poly = 0; poly < polynomials; poly++) {
        for (const auto &prime : primes) {
            uint64_t bound = prime.value();
            bool below = true;
            for (size_t i = 0; i < degree_; i++) {
                below &= limbs[i] < bound;
            }
            require(below, Code::out_of_range);
            limbs += degree_;
        }
    }
}

void parms_id(const Context &context, bool key_level, size_t primes_dropped, Bytes out) {
    const auto &id = key_level ? context.key_level().parms_id() : context.level(primes_dropped).parms_id();
    require(out.size == sizeof(id), Code::bad_buffer);
    std::memcpy(out.data, id.data(), sizeof(id));
}

} // namespace weir
