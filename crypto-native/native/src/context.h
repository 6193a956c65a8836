// One parameter set of the registry, ready to compute with. Immutable, so shared by threads.
#pragma once

#include "seal/seal.h"
#include "span.h"
#include "transforms.h"
#include <memory>
#include <vector>

namespace weir {

class Context {
  public:
    // words: [degree, plain modulus, prime count, primes..., the last one for key switching].
    explicit Context(Bytes words);

    const seal::SEALContext &seal() const { return seal_; }
    const seal::Evaluator &evaluator() const { return evaluator_; }
    const Transforms &transforms() const { return transforms_; }
    size_t degree() const { return degree_; }
    uint64_t plain_modulus() const { return plain_modulus_; }
    size_t data_primes() const { return data_primes_; }
    size_t key_primes() const { return data_primes_ + 1; }
    // Every data prime below 2^32: tiles then hold 32-bit words.
    bool narrow() const { return narrow_; }

    // Level 0 holds all data primes, each next one prime fewer.
    const seal::SEALContext::ContextData &level(size_t primes_dropped) const;
    const seal::SEALContext::ContextData &key_level() const { return *seal_.key_context_data(); }

    const std::vector<seal::Modulus> &primes(size_t primes_dropped) const {
        return level(primes_dropped).parms().coeff_modulus();
    }

    // Refuses limbs [polynomials][primes][degree] with a coefficient not below its prime.
    void check_limbs(const uint64_t *limbs, size_t polynomials, const std::vector<seal::Modulus> &primes) const;

  private:
    seal::SEALContext seal_;
    seal::Evaluator evaluator_;
    Transforms transforms_;
    size_t degree_;
    uint64_t plain_modulus_;
    size_t data_primes_;
    bool narrow_;
};

// The bytes with which SEAL names a level.
void parms_id(const Context &context, bool key_level, size_t primes_dropped, Bytes out);

} // namespace weir
