#include "pages.h"
#include "failure.h"
#include <sys/mman.h>

namespace weir {
namespace {

constexpr size_t page = size_t{1} << 21;

} // namespace

// Whole large pages in the middle of a mapping that is one longer.
Pages::Pages(size_t bytes) : bytes_(bytes) {
    require(bytes > 0 && bytes <= SIZE_MAX - 2 * page, Code::out_of_range);
    size_t rounded = (bytes + page - 1) / page * page;
    mapped_bytes_ = rounded + page;
    mapped_ = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped_ == MAP_FAILED) {
        throw std::bad_alloc();
    }
    auto start = (reinterpret_cast<uintptr_t>(mapped_) + page - 1) / page * page;
    data_ = reinterpret_cast<uint8_t *>(start);
    madvise(data_, rounded, MADV_HUGEPAGE); // a wish: refused, it is only slower
}

Pages::~Pages() { munmap(mapped_, mapped_bytes_); }

} // namespace weir
