#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/xgrad.hpp>

#include "suite.hpp"
#include <barrier>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace xgrad::benchmark {

namespace {

/// The seconds from the moment when all of `callers` threads are ready until each has predicted `calls` times, over the
/// number of all calls.
double seconds_per_call(Sequential& model, const Array& x, int callers, int calls) {
  std::chrono::steady_clock::time_point start;
  std::barrier ready(callers, [&]() noexcept { start = std::chrono::steady_clock::now(); });
  std::vector<std::jthread> threads;
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&] {
      model.predict(x);  // has met its sizes, and its thread has its memory
      ready.arrive_and_wait();
      for (int call = 0; call < calls; ++call) model.predict(x);
    });
  }
  threads.clear();  // which waits for them
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / (callers * calls);
}

}  // namespace

Workload concurrent_calls_workload(const SuiteOptions& options) {
  return {
      .name = "predict 64 images by 784-512-10, each thread for itself",
      .unit = "call",
      .systems = [quick = options.quick](int threads) {
        const int calls = quick ? 2 : 1'000;
        const auto model = std::make_shared<Sequential>(std::initializer_list<Layer>{
            Dense{.units = 512, .activation = relu, .input_shape = {784}}, Dense{.units = 10, .activation = softmax}});
        const Array x = xt::xarray<float>(xt::ones<float>({64, 784}));
        const auto by = [=](int callers) {
          set_threads(callers);
          const double time = seconds_per_call(*model, x, callers, calls);
          set_threads(threads);
          return time;
        };
        return std::vector<System>{{"one caller on one thread", [=] { return by(1); }},
                                   {"all at once", [=] { return by(threads); }}};
      }};
}

}  // namespace xgrad::benchmark
