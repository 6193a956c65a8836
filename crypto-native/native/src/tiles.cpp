#include "tiles.h"
#include "seal/util/ntt.h"
#include "seal/util/uintarithsmallmod.h"
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <sys/mman.h>

namespace weir {
namespace {

constexpr size_t page = size_t{1} << 21;

size_t product(std::initializer_list<size_t> factors) {
    size_t result = 1;
    for (size_t factor : factors) {
        require(!__builtin_mul_overflow(result, factor, &result), Code::out_of_range);
    }
    return result;
}

} // namespace

Pages::Pages(size_t bytes) : bytes_(bytes) {
    require(bytes > 0 && bytes <= SIZE_MAX - page, Code::out_of_range);
    size_t rounded = (bytes + page - 1) / page * page;
    data_ = static_cast<uint8_t *>(std::aligned_alloc(page, rounded));
    if (data_ == nullptr) {
        throw std::bad_alloc();
    }
    madvise(data_, rounded, MADV_HUGEPAGE); // a wish: refused, it is only slower
    std::memset(data_, 0, rounded);
}

Pages::~Pages() { std::free(data_); }

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
                int64_t residue = in[j] % modulus;
                out[j] = static_cast<uint64_t>(residue < 0 ? residue + modulus : residue);
            }
            seal::util::ntt_negacyclic_harvey(
                seal::util::CoeffIter(out), context_->level(0).small_ntt_tables()[prime]);
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

Selectors::Selectors(const Ciphertexts &ciphertexts, size_t first, size_t count)
    : context_(ciphertexts.context()), terms_(count),
      pages_(product({count, ciphertexts.words(), sizeof(uint64_t)})) {
    require(ciphertexts.primes_dropped() == 0, Code::wrong_parameters);
    require(first <= ciphertexts.count() && count <= ciphertexts.count() - first, Code::out_of_range);
    size_t degree = context_->degree();
    size_t primes = context_->data_primes();
    auto *base = reinterpret_cast<uint64_t *>(pages_.data());
    std::vector<uint64_t> ntt(degree);
    for (size_t term = 0; term < terms_; term++) {
        for (size_t poly = 0; poly < 2; poly++) {
            for (size_t prime = 0; prime < primes; prime++) {
                const uint64_t *in = ciphertexts.at(first + term).data(poly) + prime * degree;
                std::copy_n(in, degree, ntt.begin());
                seal::util::ntt_negacyclic_harvey(
                    seal::util::CoeffIter(ntt.data()), context_->level(0).small_ntt_tables()[prime]);
                for (size_t tile = 0; tile < degree / mac::lanes; tile++) {
                    size_t unit = prime * (degree / mac::lanes) + tile;
                    uint64_t *to = base + ((unit * terms_ + term) * 2 + poly) * mac::lanes;
                    std::copy_n(ntt.data() + tile * mac::lanes, mac::lanes, to);
                }
            }
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
    for (size_t start = 0; start < tiles.terms(); start += mac::chunk) {
        size_t length = std::min(mac::chunk, tiles.terms() - start);
        for (size_t output = 0; output < outputs_; output++) {
            const Word *data = tiles.block<Word>(unit, start, length, output);
            for (size_t client = 0; client < clients_; client++) {
                variant.block(
                    data, clients[client]->at(unit, start), length,
                    sums.data() + (client * outputs_ + output) * each);
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
                seal::util::inverse_ntt_negacyclic_harvey(
                    seal::util::CoeffIter(ciphertexts_->at(i).data(poly) + prime * context.degree()),
                    context.level(0).small_ntt_tables()[prime]);
            }
        }
    }
    return std::move(ciphertexts_);
}

} // namespace weir
