// Negacyclic transforms of one parameter set: our own where the processor and the set allow it,
// SEAL's otherwise. Both give the same residues in the same order.
#pragma once

#include "pages.h"
#include "ring.h"
#include "seal/seal.h"
#include <vector>

namespace weir {

// Immutable; primes are counted as in the key level, so that every level finds its own.
class Transforms {
  public:
    explicit Transforms(const seal::SEALContext::ContextData &key_level);
    Transforms(const Transforms &) = delete;
    Transforms &operator=(const Transforms &) = delete;

    // Whether rings() may be used.
    bool fast() const { return !rings_.empty(); }
    const ring::Prime *rings() const { return rings_.data(); }

    // Residues to residues.
    void forward(size_t prime, uint64_t *values) const;
    void inverse(size_t prime, uint64_t *values) const;

  private:
    struct Tables {
        Lines<ring::Factor> blocks, inverse_blocks;
        Lines<uint64_t> vectors, inverse_vectors;
    };
    void add(const seal::Modulus &prime, const seal::util::NTTTables &tables);

    const seal::SEALContext::ContextData &key_level_;
    std::vector<ring::Prime> rings_;
    std::vector<Tables> tables_;
};

ring::Factor ring_factor(uint64_t value, const seal::Modulus &prime);

} // namespace weir
