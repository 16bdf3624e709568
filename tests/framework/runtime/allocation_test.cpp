// Counts what a steady-state step takes from the heap, by standing in front of the C library's allocator.

#include <xgrad/framework/runtime/threads.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <atomic>
#include <cstdlib>

#if !defined(XGRAD_SANITIZED) && defined(__GLIBC__)

namespace {
std::atomic<std::size_t> allocations{0};
}

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t bytes) {
  ++allocations;
  return __libc_malloc(bytes);
}
void* calloc(std::size_t count, std::size_t bytes) {
  ++allocations;
  return __libc_calloc(count, bytes);
}
void* realloc(void* memory, std::size_t bytes) {
  ++allocations;
  return __libc_realloc(memory, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  ++allocations;
  return __libc_memalign(alignment, bytes);
}
}

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(allocation)

BOOST_AUTO_TEST_CASE(the_counter_counts) {
  const auto before = allocations.load();
  const Array array = Array::zeros(DType::float32, {16});
  BOOST_TEST(allocations.load() > before);
}

BOOST_AUTO_TEST_CASE(a_steady_state_step_allocates_nothing) {
  const int threads_before = threads();
  for (int count : {1, 2}) {
    set_threads(count);
    const test::MlpStep mlp(784, 64);
    auto step = mlp.compile();
    const auto large = test::MlpStep::batch_of(256, 784);
    const auto small = test::MlpStep::batch_of(96, 784);
    const std::vector<ArrayRef> arguments[] = {{large[0], large[1]}, {small[0], small[1]}};
    std::vector<Array> outputs(1);
    // Every thread of the pool, the task scheduler and the matrix library warm up at their own pace: a step that
    // allocates would never reach a round without.
    std::size_t taken = 1;
    for (int round = 0; round < 50 && taken > 0; ++round) {
      const auto before = allocations.load();
      for (int call = 0; call < 100; ++call) step.run(arguments[call % 2], outputs);
      taken = allocations.load() - before;
    }
    BOOST_TEST(taken == 0u, "threads " << count << ": " << taken);
  }
  set_threads(threads_before);
}

BOOST_AUTO_TEST_SUITE_END()

#endif
