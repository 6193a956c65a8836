#include "tiles.h"
#include "seal/util/uintarithsmallmod.h"
#include <algorithm>

namespace weir {
namespace {

size_t product(std::initializer_list<size_t> factors) {
    size_t result = 1;
    for (size_t factor : factors) {
        require(!__builtin_mul_overflow(result, factor, &result), Code::out_of_range);
    }
    return result;
}

// Terms in memory: with an odd number the units of one term do not meet in one set of a cache.
size_t held(size_t terms) { return terms | 1; }

} // namespace

Tiles::Tiles(std::shared_ptr<Context> context, size_t outputs, size_t terms)
    : context_(std::move(context)), outputs_(outputs), terms_(terms),
      pages_(product(
          {outputs, terms, context_->data_primes(), context_->degree(),
           context_->narrow() ? sizeof(uint32_t) : sizeof(uint64_t)})) {
    require(terms <= mac::max_terms, Code::out_of_range);
}

void Tiles::put(size_t first, Bytes coefficients) {
    size_t degree = context_->degree();
    size_t count = coefficients.records<int64_t>(degree);
    const int64_t *in = coefficients.exactly<int64_t>(count * degree);
    require(first <= outputs_ * terms_ && count <= outputs_ * terms_ - first, Code::out_of_range);
    auto bound = static_cast<int64_t>(context_->plain_modulus() / 2);
    require(
        std::all_of(in, in + count * degree, [=](int64_t value) { return value >= -bound && value <= bound; }),
        Code::out_of_range);
    const auto &primes = context_->primes(0);
    std::vector<uint64_t> ntt(primes.size() * degree);
    for (size_t i = 0; i < count; i++, in += degree) {
        for (size_t prime = 0; prime < primes.size(); prime++) {
            auto modulus = static_cast<int64_t>(primes[prime].value());
            uint64_t *out = ntt.data() + prime * degree;
            for (size_t j = 0; j < degree; j++) {
                out[j] = static_cast<uint64_t>(in[j] < 0 ? in[j] + modulus : in[j]);
            }
            context_->transforms().forward(prime, out);
        }
        if (context_->narrow()) {
            scatter<uint32_t>(first + i, ntt.data());
        } else {
            scatter<uint64_t>(first + i, ntt.data());
        }
    }
}

template <class Word>
void Tiles::scatter(size_t position, const uint64_t *ntt) {
    size_t output = position / terms_;
    size_t term = position % terms_;
    size_t start = term / mac::chunk * mac::chunk;
    size_t length = std::min(mac::chunk, terms_ - start);
    for (size_t unit = 0; unit < units(); unit++, ntt += mac::lanes) {
        Word *to = block<Word>(unit, start, length, output) + (term - start) * mac::lanes;
        for (size_t lane = 0; lane < mac::lanes; lane++) {
            to[lane] = static_cast<Word>(ntt[lane]);
        }
    }
}

Selectors::Selectors(std::shared_ptr<Context> context, size_t terms)
    : context_(std::move(context)), pages_(std::make_shared<Pages>(product(
                                        {held(terms), 2, context_->data_primes(), context_->degree(), sizeof(uint64_t)}))),
      held_(held(terms)), first_(0), terms_(terms) {}

Selectors::Selectors(const Ciphertexts &ciphertexts, size_t first, size_t count)
    : Selectors(ciphertexts.context(), count) {
    require(ciphertexts.primes_dropped() == 0, Code::wrong_parameters);
    require(first <= ciphertexts.count() && count <= ciphertexts.count() - first, Code::out_of_range);
    std::vector<uint64_t> ntt(ciphertexts.words());
    for (size_t term = 0; term < terms_; term++) {
        std::copy_n(ciphertexts.at(first + term).data(), ntt.size(), ntt.begin());
        for (size_t part = 0; part < 2 * context_->data_primes(); part++) {
            context_->transforms().forward(part % context_->data_primes(), ntt.data() + part * context_->degree());
        }
        put(term, ntt.data());
    }
}

Selectors::Selectors(const Selectors &whole, size_t first, size_t count)
    : context_(whole.context_), pages_(whole.pages_), held_(whole.held_), first_(whole.first_ + first),
      terms_(count) {
    require(first <= whole.terms_ && count > 0 && count <= whole.terms_ - first, Code::out_of_range);
}

void Selectors::put(size_t term, const uint64_t *ntt) {
    size_t units = context_->data_primes() * context_->degree() / mac::lanes;
    for (size_t poly = 0; poly < 2; poly++, ntt += units * mac::lanes) {
        uint64_t *to = words(0, term) + poly * mac::lanes;
        size_t stride = held_ * 2 * mac::lanes;
#if defined(__x86_64__)
        if (context_->transforms().fast()) {
            ring::scatter(ntt, units, to, stride);
            continue;
        }
#endif
        for (size_t unit = 0; unit < units; unit++) {
            std::copy_n(ntt + unit * mac::lanes, mac::lanes, to + unit * stride);
        }
    }
}

Products::Products(const Tiles &tiles, size_t clients)
    : ciphertexts_(std::make_shared<Ciphertexts>(tiles.context(), 0, product({clients, tiles.outputs()}))),
      outputs_(tiles.outputs()), clients_(clients), done_(tiles.units()) {
    require(clients > 0, Code::out_of_range);
}

void Products::accumulate(
    const Tiles &tiles, const std::vector<std::shared_ptr<Selectors>> &clients, size_t from, size_t to,
    mac::Kernel kernel) {
    require(ciphertexts_ != nullptr, Code::out_of_range);
    require(tiles.context() == ciphertexts_->context() && tiles.outputs() == outputs_, Code::wrong_parameters);
    require(clients.size() == clients_ && from <= to && to <= tiles.units(), Code::out_of_range);
    for (const auto &client : clients) {
        require(client->context() == tiles.context(), Code::wrong_parameters);
        require(client->terms() == tiles.terms(), Code::out_of_range);
    }
    std::vector<uint64_t> sums(clients_ * outputs_ * 4 * mac::lanes);
    for (size_t one = from; one < to; one++) {
        if (tiles.context()->narrow()) {
            unit<uint32_t>(tiles, clients, one, mac::variant<uint32_t>(kernel), sums);
        } else {
            unit<uint64_t>(tiles, clients, one, mac::variant<uint64_t>(kernel), sums);
        }
        done_[one] = true;
    }
}

template <class Word>
void Products::unit(
    const Tiles &tiles, const std::vector<std::shared_ptr<Selectors>> &clients, size_t unit,
    mac::Variant<Word> variant, std::vector<uint64_t> &sums) {
    std::fill(sums.begin(), sums.end(), 0);
    constexpr size_t each = 4 * mac::lanes;
    // So much data stays in a second-level cache from one client to the next, while each client's
    // selectors stay in the first level.
    constexpr size_t together = (size_t{1} << 19) / (mac::chunk * mac::lanes * sizeof(Word));
    for (size_t start = 0; start < tiles.terms(); start += mac::chunk) {
        size_t length = std::min(mac::chunk, tiles.terms() - start);
        for (size_t first = 0; first < outputs_; first += together) {
            size_t end = std::min(first + together, outputs_);
            for (size_t client = 0; client < clients_; client++) {
                const uint64_t *selectors = clients[client]->at(unit, start);
                for (size_t output = first; output < end; output++) {
                    variant.block(
                        tiles.block<Word>(unit, start, length, output), selectors, length,
                        sums.data() + (client * outputs_ + output) * each);
                }
            }
        }
    }
    for (size_t index = 0; index < clients_ * outputs_; index++) {
        reduce(sums.data() + index * each, variant.shift, unit, index);
    }
}

void Products::reduce(const uint64_t *sums, unsigned shift, size_t unit, size_t index) {
    const Context &context = *ciphertexts_->context();
    size_t tiles = context.degree() / mac::lanes;
    const auto &prime = context.primes(0)[unit / tiles];
    for (size_t poly = 0; poly < 2; poly++) {
        const uint64_t *low = sums + poly * 2 * mac::lanes;
        const uint64_t *high = low + mac::lanes;
        uint64_t *out = ciphertexts_->at(index).data(poly) + unit * mac::lanes;
        for (size_t lane = 0; lane < mac::lanes; lane++) {
            unsigned __int128 sum = high[lane];
            sum = (shift == 64 ? sum << 64 : sum << shift) + low[lane];
            uint64_t words[2] = {static_cast<uint64_t>(sum), static_cast<uint64_t>(sum >> 64)};
            out[lane] = seal::util::barrett_reduce_128(words, prime);
        }
    }
}

std::shared_ptr<Ciphertexts> Products::finish() {
    require(ciphertexts_ != nullptr, Code::out_of_range);
    require(std::all_of(done_.begin(), done_.end(), [](const auto &done) { return done.load(); }), Code::out_of_range);
    const Context &context = *ciphertexts_->context();
    for (size_t i = 0; i < ciphertexts_->count(); i++) {
        for (size_t poly = 0; poly < 2; poly++) {
            for (size_t prime = 0; prime < context.data_primes(); prime++) {
                context.transforms().inverse(prime, ciphertexts_->at(i).data(poly) + prime * context.degree());
            }
        }
    }
    return std::move(ciphertexts_);
}

} // namespace weir
