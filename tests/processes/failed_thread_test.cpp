// A thread that the system does not give is no error, and the next ones are asked for.

#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>
#include <thread>

using namespace xgrad;

namespace {

std::atomic<int> refusals{0};  // threads that are still to be refused
std::atomic<int> refused{0};
std::atomic<bool> is_helped{false};

/// x itself; notes whether another thread than the caller makes a part of it.
class NotesHelp final : public Op {
 public:
  std::string_view name() const override { return "notes_help"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    if (std::this_thread::get_id() != caller) is_helped = true;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    const auto& x = arguments.inputs[0];
    std::memcpy(arguments.outputs[0].data, x.data, static_cast<std::size_t>(element_count(x.shape)) * size_of(x.dtype));
  }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override { return std::vector{0}; }
  double cost(std::span<const Extents>) const override { return 1e7; }

  std::thread::id caller = std::this_thread::get_id();
};

}  // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                              void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (refusals.load() > 0) {
    --refusals;
    ++refused;
    return EAGAIN;
  }
  return create(thread, attributes, start, argument);
}

int main() {
  set_threads(2);
  const auto x = input({batch, 4}, "x");
  auto function = compile({x}, {apply(std::make_shared<const NotesHelp>(), {x})});
  const auto argument = Array::zeros(DType::float32, {1024, 4});
  refusals = 1;
  for (int call = 0; call < 3; ++call) function(argument);
  if (refused != 1) {
    std::cerr << "expected one thread to be refused, but " << refused << " were\n";
    return 1;
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!is_helped && std::chrono::steady_clock::now() < end) function(argument);
  if (!is_helped) std::cerr << "after one thread was refused, no other has come within 20 seconds\n";
  return is_helped ? 0 : 1;
}
