// A program may end while its threads train.

#include <xgrad/xgrad.hpp>

#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>

extern char** environ;

namespace {

using namespace xgrad;

constexpr int trainings = 3;
std::atomic<int> ready{0};

/// A model that has met its sizes, so that it builds no graph any more.
Sequential trained_model(const ArrayRef& x, const ArrayRef& y) {
  Sequential model{Dense{.units = 64, .activation = relu, .input_shape = {100}},
                   Dense{.units = 10, .activation = softmax}};
  model.compile({.optimizer = "rmsprop", .loss = "categorical_crossentropy", .metrics = {"accuracy"}});
  model.fit(x, y, {.epochs = 1, .batch_size = 250, .verbose = 0});
  model.predict(x);
  return model;
}

void train_for_ever() {
  const xt::xarray<float> x = xt::ones<float>({1000, 100});
  const xt::xarray<float> y = xt::ones<float>({1000, 10}) * 0.1f;
  auto model = trained_model(x, y);
  ++ready;
  for (;;) {
    model.fit(x, y, {.epochs = 20, .batch_size = 250, .verbose = 0});
    model.predict(x);
  }
}

int train_and_leave(int milliseconds) {
  set_threads(4);
  for (int count = 0; count < trainings; ++count) std::thread(train_for_ever).detach();
  while (ready < trainings) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  return 0;
}

/// Runs this program once more, for so long; its status as `waitpid` gives it.
int run(char* program, int milliseconds) {
  std::string argument = std::to_string(milliseconds);
  char* const arguments[] = {program, argument.data(), nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, program, nullptr, nullptr, arguments, environ) != 0) return -1;
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) return train_and_leave(std::stoi(arguments[1]));
  int failed = 0;
  constexpr int runs = 40;
  for (int number = 0; number < runs; ++number) {
    const int status = run(arguments[0], 5 + 7 * number % 60);
    if (status == 0) continue;
    ++failed;
    std::cerr << "run " << number << " ended with status " << status << '\n';
  }
  std::cout << failed << " of " << runs << " programs did not end as they should\n";
  return failed == 0 ? 0 : 1;
}
