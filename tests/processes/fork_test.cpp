// The child of a fork has none of the threads of its parent, wherever they were, and computes the same.

#include <xgrad/framework/core/registry.hpp>
#include <xgrad/xgrad.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <iostream>
#include <string>
#include <thread>

using namespace xgrad;

namespace {

std::string train() {
  const auto x = input({batch, 200}, "x");
  const auto w = parameter(sample_values({200, 300}, -0.1, 0.1).cast(DType::float32));
  const auto loss = mean(square(tanh(dot(x, w))));
  auto step = compile({x}, {loss}, {{w, w - gradients(loss, {w})[0]}});
  const auto data = sample_values({600, 200}).cast(DType::float32);
  for (int call = 0; call < 5; ++call) step(data);
  const auto value = w.value();
  return {reinterpret_cast<const char*>(value.bytes().data()), value.bytes().size()};
}

}  // namespace

int main() {
  set_threads(4);
  const auto expected = train();
  std::atomic<bool> is_done{false};
  std::thread other([&] {
    while (!is_done) {
      set_threads(3);
      train();
      set_threads(4);
    }
  });
  int failed = 0;
  for (int run = 0; run < 30; ++run) {
    const pid_t child = fork();
    if (child == 0) {
      alarm(30);
      set_threads(2);
      _exit(train() == expected ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    if (status != 0) {
      ++failed;
      std::cerr << "child " << run << " ended with status " << status << '\n';
    }
  }
  is_done = true;
  other.join();
  return failed == 0 && train() == expected ? 0 : 1;
}
