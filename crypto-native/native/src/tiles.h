// Plaintexts, selectors and their products in the order in which the kernel reads them.
#pragma once

#include "ciphertexts.h"
#include "mac.h"
#include "pages.h"
#include <atomic>

namespace weir {

// outputs x terms plaintexts in NTT form. The order is [prime][tile][chunk of terms][output][term]
// [lane]: a pass over all outputs reads memory once from front to back. Written by one thread at a
// time and not while it is read.
class Tiles {
  public:
    Tiles(std::shared_ptr<Context> context, size_t outputs, size_t terms);

    const std::shared_ptr<Context> &context() const { return context_; }
    size_t outputs() const { return outputs_; }
    size_t terms() const { return terms_; }
    size_t bytes() const { return pages_.bytes(); }
    // One unit of work is one tile of one prime.
    size_t units() const { return context_->data_primes() * context_->degree() / mac::lanes; }

    // Encodes plaintexts [count][degree] of signed coefficients, at most half the plain modulus in
    // size, from position output * terms + term on.
    void put(size_t first, Bytes coefficients);

    template <class Word>
    Word *block(size_t unit, size_t chunk_start, size_t chunk_terms, size_t output) const {
        auto *base = reinterpret_cast<Word *>(pages_.data());
        return base + (unit * terms_ * outputs_ + chunk_start * outputs_ + output * chunk_terms) * mac::lanes;
    }

  private:
    template <class Word>
    void scatter(size_t position, const uint64_t *ntt);

    std::shared_ptr<Context> context_;
    size_t outputs_;
    size_t terms_;
    Pages pages_;
};

// One client's ciphertexts in NTT form, [unit][term][2][lane].
class Selectors {
  public:
    // Zeroed; for one writer, before anybody reads.
    Selectors(std::shared_ptr<Context> context, size_t terms);
    // `count` ciphertexts from `first` on.
    Selectors(const Ciphertexts &ciphertexts, size_t first, size_t count);
    // A part of others, whose memory it shares.
    Selectors(const Selectors &whole, size_t first, size_t count);

    const std::shared_ptr<Context> &context() const { return context_; }
    size_t terms() const { return terms_; }
    const uint64_t *at(size_t unit, size_t term) const { return words(unit, term); }
    // ntt: [2][primes][degree].
    void put(size_t term, const uint64_t *ntt);

  private:
    uint64_t *words(size_t unit, size_t term) const {
        auto *base = reinterpret_cast<uint64_t *>(pages_->data());
        return base + (unit * held_ + first_ + term) * 2 * mac::lanes;
    }

    std::shared_ptr<Context> context_;
    std::shared_ptr<Pages> pages_;
    size_t held_; // terms in memory
    size_t first_;
    size_t terms_;
};

// What expand() gives, as selectors: one ciphertext of the query, split into `leaves`.
std::shared_ptr<Selectors> expand_selectors(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves);

// What comes out: one ciphertext per client and output, in NTT form until finished.
class Products {
  public:
    Products(const Tiles &tiles, size_t clients);

    // Units [from, to) of the tiles against every client's selectors, in one pass over the tiles.
    // Calls on disjoint ranges may run at once.
    void accumulate(
        const Tiles &tiles, const std::vector<std::shared_ptr<Selectors>> &clients, size_t from, size_t to,
        mac::Kernel kernel);

    // The ciphertexts [client][output] in coefficient form; every unit must have been accumulated.
    std::shared_ptr<Ciphertexts> finish();

  private:
    template <class Word>
    void unit(
        const Tiles &tiles, const std::vector<std::shared_ptr<Selectors>> &clients, size_t unit,
        mac::Variant<Word> variant, std::vector<uint64_t> &sums);
    void reduce(const uint64_t *sums, unsigned shift, size_t unit, size_t index);

    std::shared_ptr<Ciphertexts> ciphertexts_;
    size_t outputs_;
    size_t clients_;
    std::vector<std::atomic<bool>> done_; // [unit]
};

} // namespace weir
