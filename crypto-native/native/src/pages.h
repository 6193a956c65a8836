// Memory for many numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace weir {

// Memory on large pages, zeroed when it is first touched.
class Pages {
  public:
    explicit Pages(size_t bytes);
    ~Pages();
    Pages(const Pages &) = delete;
    Pages &operator=(const Pages &) = delete;
    uint8_t *data() const { return data_; }
    size_t bytes() const { return bytes_; }

  private:
    uint8_t *data_;
    size_t bytes_;
    void *mapped_;
    size_t mapped_bytes_;
};

// A vector that begins at a cache line, so that no wide load crosses one.
template <class T>
struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t line{64};

    LineAllocator() = default;
    template <class Other>
    LineAllocator(const LineAllocator<Other> &) {}
    T *allocate(size_t count) { return static_cast<T *>(::operator new(count * sizeof(T), line)); }
    void deallocate(T *at, size_t) { ::operator delete(at, line); }
    bool operator==(const LineAllocator &) const { return true; }
    bool operator!=(const LineAllocator &) const { return false; }
};

template <class T>
using Lines = std::vector<T, LineAllocator<T>>;

} // namespace weir
